import { Argument, Command } from "commander";
import { ensureStack, prepareEngine } from "../../../engine/engine.ts";
import { exportLines } from "../../../engine/environment.ts";
import type { PreviewMode } from "../../../../sandbox/control-plane/preview-mode.ts";
import { examples, previewOption } from "../../arguments.ts";
import { select } from "../../selection.ts";
import { withStatus } from "../../text/terminal.ts";
import { withSigns } from "../../../../sandbox/progress.ts";

/** `alicerce env`: the closed environment, for Pulumi's own commands by hand. */
export const env = new Command("env")
  .description(
    "Print the environment in which Pulumi's own commands work on the sandbox; stacks are created, empty, where missing.",
  )
  .addArgument(new Argument("[environment]", 'whose stacks to create (default: "production")'))
  .addOption(previewOption("realistic"))
  .addHelpText(
    "after",
    examples(
      ['eval "$(npx alicerce env)"', "then, in the same shell:"],
      ["pulumi preview -s production.eu-west-1 --policy-pack policies", "a preview with its verdict"],
    ),
  )
  .action(async (environment: string | undefined, { preview = "realistic" }: { preview?: PreviewMode }) => {
    const { addresses } = await select(environment, undefined);
    const engine = await withStatus(async (onProgress) => {
      const it = await prepareEngine({ preview, onProgress });
      await withSigns("creating stacks", onProgress, async () => {
        for (const address of addresses) await ensureStack(it, address);
      });
      return it;
    });
    process.stdout.write(exportLines(engine.variables));
  });
