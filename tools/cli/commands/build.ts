import { Command } from "commander";
import { environments } from "../../../environments/index.ts";
import { imageNames } from "../../../releases/images.ts";
import type { Bundle } from "../../build/bundle.ts";
import { PROJECT } from "../../engine/folders.ts";
import { examples } from "../arguments.ts";
import { UsageError } from "../exit-code.ts";
import { tableText } from "../text/table.ts";
import { counted, say } from "../text/terminal.ts";

interface BuildOptions {
  readonly push?: string;
  readonly copy?: string;
  readonly environment?: string;
}

/** `alicerce build`: bundles every service, and on request pushes the image of one. */
export const build = new Command("build")
  .description("Bundle every service into dist/, and write down what they are and offer (npm run build).")
  .option(
    "--push <image>",
    "build this image and push it to the registries: keycloak, an MCP server, an agent or a BFF",
  )
  .option("--copy <image>", "copy the images of its releases, as they are, to registries that lack them")
  .option("--environment <name>", "with --push and --copy: the registries of its regions alone")
  .addHelpText(
    "after",
    examples(
      ["npm run build", "every bundle, its digest, and the contracts of the servers"],
      ["alicerce build --push database", "the image of one server, into every region's registry"],
      ["alicerce build --push keycloak --environment staging", "the image of Keycloak, into those of staging"],
      ["alicerce build --copy keycloak --environment production", "the same image, into those of production"],
    ),
  )
  .action(async ({ push, copy, environment }: BuildOptions) => {
    if (environment !== undefined) requireEnvironment(environment);
    const image = await imageNamed(push ?? copy);
    if (image !== undefined && push === undefined) {
      const { copied } = await import("../pushing.ts");
      say(await copied({ image, environment }));
      return;
    }
    const { buildAll } = await import("../../build/build.ts");
    const bundles = await buildAll(PROJECT);
    sayBundles(bundles);
    if (image === undefined) return;
    const { pushed } = await import("../pushing.ts");
    say(await pushed({ image, environment }, bundles));
  });

const PLACES = {
  lambda: "Lambda",
  "mcp-server": "AgentCore Runtime",
  agent: "AgentCore Runtime, EKS",
  bff: "EKS",
} as const satisfies Readonly<Record<Bundle["service"]["kind"], string>>;

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
    const place = PLACES[service.kind];
    return [service.name, place, files.length, Math.round(bytes / 1_000), digest.slice(0, 19)];
  });
  say(tableText(columns, rows));
  say(`${counted(bundles.length, "bundle")} in dist/.`);
}

/** Before anything is built: building takes a while, and a name is wrong at once. */
async function imageNamed(name: string | undefined): Promise<string | undefined> {
  if (name === undefined) return undefined;
  const { readServices } = await import("../../release/edit-releases.ts");
  const servers = Object.keys(await readServices());
  if (servers.includes(name)) return `mcp-${name}`;
  const images = [...new Set([...imageNames(), ...servers.map((it) => `mcp-${it}`)])];
  if (images.includes(name)) return name;
  throw new UsageError(`unknown image "${name}"; valid: ${[...images, ...servers].sort().join(", ")}`);
}

function requireEnvironment(name: string): void {
  if (!Object.hasOwn(environments, name))
    throw new UsageError(`unknown environment "${name}"; valid: ${Object.keys(environments).sort().join(", ")}`);
}
