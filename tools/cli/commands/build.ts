import { Command } from "commander";
import { environments } from "../../../environments/index.ts";
import type { Release } from "../../../releases/releases.ts";
import type { Bundle } from "../../build/bundle.ts";
import { PROJECT } from "../../engine/folders.ts";
import { examples } from "../arguments.ts";
import { UsageError } from "../exit-code.ts";
import { tableText } from "../text/table.ts";
import { counted, say } from "../text/terminal.ts";

interface BuildOptions {
  readonly push?: string;
}

/** `alicerce build`: bundles every service, and on request pushes the image of one. */
export const build = new Command("build")
  .description("Bundle every service into dist/, and write down what they are and offer (npm run build).")
  .option("--push <service>", "build the image of this MCP server and push it to the registries of every region")
  .addHelpText(
    "after",
    examples(
      ["npm run build", "every bundle, its digest, and the contracts of the servers"],
      ["alicerce build --push database", "the image of one server, into every region's registry"],
    ),
  )
  .action(async ({ push }: BuildOptions) => {
    if (push !== undefined) await requireServer(push);
    const { buildAll } = await import("../../build/build.ts");
    const bundles = await buildAll(PROJECT);
    sayBundles(bundles);
    if (push !== undefined) await pushed(push, bundles);
  });

function sayBundles(bundles: readonly Bundle[]): void {
  const columns = [
    { head: "Service" },
    { head: "Runs on" },
    { head: "Files", align: "right", drop: 2 },
    { head: "KB", align: "right" },
    { head: "Digest", drop: 1 },
  ] as const;
  const rows = bundles.map(({ service, files, digest }) => {
    const bytes = files.reduce((total, it) => total + it.bytes.length, 0);
    const place = service.kind === "lambda" ? "Lambda" : "AgentCore Runtime";
    return [service.name, place, files.length, Math.round(bytes / 1_000), digest.slice(0, 19)];
  });
  say(tableText(columns, rows));
  say(`${counted(bundles.length, "bundle")} in dist/.`);
}

/** Before anything is built: building takes a while, and a name is wrong at once. */
async function requireServer(service: string): Promise<void> {
  const { readServices } = await import("../../release/edit-releases.ts");
  const valid = Object.keys(await readServices()).sort();
  if (!valid.includes(service)) throw new UsageError(`unknown service "${service}"; valid: ${valid.join(", ")}`);
}

async function pushed(service: string, bundles: readonly Bundle[]): Promise<void> {
  const built = bundles.find(({ service: it }) => it.name === `mcp-${service}`);
  if (built === undefined) throw new UsageError(`there is no services/mcp/${service}/index.ts to build`);
  const { pushImage } = await import("../../build/image.ts");
  const tag = built.digest.slice(7, 27);
  const names = registries().map((it) => `${it}/alicerce/${built.service.name}:${tag}`);
  const digest = await pushImage(built, { project: PROJECT, names });
  say(`\n${built.service.name}: ${digest}`);
  say(await recorded(service, digest));
}

function registries(): readonly string[] {
  return Object.values(environments).flatMap(({ account, regions }) =>
    Object.keys(regions).map((region) => `${account}.dkr.ecr.${region}.amazonaws.com`),
  );
}

/** A release that has no image yet gets this one; any other is replaced by a release of its own, through a trial. */
async function recorded(service: string, digest: Release["digest"]): Promise<string> {
  const { editService } = await import("../../release/edit-releases.ts");
  const { withImage } = await import("../../build/release-image.ts");
  const { changed, notes } = await editService(service, (it) => withImage(it, digest), { dryRun: false });
  if (changed) return notes.join("\n");
  return `Every release of ${service} has an image. Put this one on trial: npx alicerce release candidate ${service} <version> --digest ${digest}`;
}
