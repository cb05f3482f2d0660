import path from "node:path";
import { Command } from "commander";
import { execa } from "execa";
import { foldersOf, PROJECT } from "../../engine/folders.ts";
import { readCredentials } from "../../../sandbox/data-plane/credentials.ts";
import { examples } from "../arguments.ts";
import { EXIT, UsageError } from "../exit-code.ts";

const INSPECTOR = path.join(PROJECT, "node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js");
const LIST = ["--method", "tools/list"];

interface InspectOptions {
  readonly folder?: string;
}

/** `alicerce inspect`: the MCP Inspector of this project, by the Node.js that runs us, at a gateway. */
export const inspect = new Command("inspect")
  .description("Ask a gateway what it offers with the MCP Inspector; a browser opens to sign in.")
  .argument("[url]", "the MCP endpoint (default: the first internal gateway of the platform that runs)")
  .argument("[options...]", "options of the Inspector, after -- (default: --method tools/list)")
  .option("--folder <path>", "the folder of the platform (default: .alicerce/local)")
  .addHelpText(
    "after",
    examples(
      ["alicerce inspect", "list the tools of the platform that `alicerce local` runs"],
      ["alicerce inspect http://127.0.0.1:7402/mcp -- --method resources/list", "something else, elsewhere"],
    ),
  )
  .action(async (url: string | undefined, args: readonly string[], { folder }: InspectOptions) => {
    const endpoint = url ?? (await firstEndpoint(path.resolve(folder ?? path.join(foldersOf().home, "local"))));
    if (!URL.canParse(endpoint)) throw new UsageError(`"${endpoint}" is not the address of an MCP endpoint`);
    const asked = args.length > 0 ? args : LIST;
    const inspector = [INSPECTOR, "--cli", endpoint, "--transport", "http", ...asked];
    const { failed } = await execa(process.execPath, inspector, { stdio: "inherit", reject: false });
    if (failed) process.exitCode = EXIT.failed;
  });

async function firstEndpoint(folder: string): Promise<string> {
  const { gateways } = await readCredentials(folder);
  const found = gateways.find((it) => it.scenario === "internal");
  if (found === undefined) throw new UsageError("no gateway of the platform lets people in: name an address");
  return found.url;
}
