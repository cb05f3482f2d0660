import { Command, InvalidArgumentError, Option } from "commander";
import { type Scenario, SCENARIOS } from "../../../contracts/scenarios.ts";
import { PROJECT } from "../../engine/folders.ts";
import { examples } from "../arguments.ts";
import { say } from "../text/terminal.ts";

interface NewOptions {
  readonly scenario?: readonly Scenario[];
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** `alicerce mcp`: the MCP servers of this checkout, as source. */
export const mcp = new Command("mcp").description("Create MCP servers of your own.").exitOverride();

mcp
  .command("new")
  .description("Create a working MCP server: code, tests, contract examples, release data.")
  .argument("<name>", "its name, such as order-status")
  .addOption(
    new Option(
      "--scenario <scenario>",
      `whose gateways offer it: ${SCENARIOS.join(", ")}; repeatable (default: "internal")`,
    ).argParser(oneMore),
  )
  .option("--dry-run", "say what would be written, and write nothing", false)
  .option("--json", "machine-readable output", false)
  .action(async (name: string, { scenario = ["internal"], dryRun, json }: NewOptions) => {
    const { designServer, layDown } = await import("../../scaffold/new-server.ts");
    const server = await designServer(name, scenario, PROJECT);
    if (!dryRun) await layDown(server, PROJECT);
    const created = server.created.map((it) => it.path);
    const edited = server.edited.map((it) => it.path);
    if (json) {
      say(JSON.stringify({ name, scenarios: scenario, dryRun, created, edited }, null, 2));
      return;
    }
    for (const it of created) say(`${dryRun ? "would create" : "created"}  ${it}`);
    for (const it of edited) say(`${dryRun ? "would edit" : "edited"}    ${it}`);
    if (!dryRun) say(`\nNext: npm run build, then npx alicerce plan. docs/custom-mcp-server.md has the rest.`);
  });

mcp.addHelpText(
  "after",
  examples(
    ["alicerce mcp new order-status", "a server for the internal scenario"],
    ["alicerce mcp new order-status --scenario b2c --scenario b2b", "one for two other scenarios"],
    ["alicerce mcp new order-status --dry-run --json", "what it would write, as data"],
  ),
);

function oneMore(text: string, before: readonly Scenario[] = []): readonly Scenario[] {
  const scenario = SCENARIOS.find((it) => it === text);
  if (scenario === undefined) throw new InvalidArgumentError(`It must be one of ${SCENARIOS.join(", ")}.`);
  return SCENARIOS.filter((it) => it === scenario || before.includes(it));
}
