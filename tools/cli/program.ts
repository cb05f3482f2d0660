import { readFileSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { PROJECT } from "../engine/folders.ts";
import { bench } from "./commands/bench.ts";
import { build } from "./commands/build.ts";
import { check } from "./commands/check.ts";
import { cost } from "./commands/costs/cost.ts";
import { destroy } from "./commands/destroy.ts";
import { doctor } from "./commands/machine/doctor.ts";
import { env } from "./commands/machine/env.ts";
import { inspect } from "./commands/inspect.ts";
import { judge } from "./commands/judge.ts";
import { local } from "./commands/local.ts";
import { mcp } from "./commands/mcp.ts";
import { partner } from "./commands/partner.ts";
import { plan } from "./commands/plan.ts";
import { release } from "./commands/release.ts";
import { start } from "./commands/start.ts";
import { state } from "./commands/state.ts";
import { status } from "./commands/status.ts";
import { up } from "./commands/up.ts";

const EXIT_CODES = `
Exit codes:
  0    done, and every premise holds
  1    something failed
  2    bad usage: an unknown command, option, environment or address, or data that is wrong
  3    a premise is violated: nothing was created because of it
  4    a mandatory rule cannot be decided: nothing was created because of it
  5    something would be deleted or replaced, and nobody agreed to it
  130  interrupted; the same command goes on where it stopped`;

const manifest = JSON.parse(readFileSync(path.join(PROJECT, "package.json"), "utf8")) as { readonly version: string };

/** The command line: every command, and the help. */
export const program = new Command("alicerce")
  .description("The AWS foundation for MCP servers and AI agents: planned, judged and deployed stack by stack.")
  .version(manifest.version, "--version", "print the version")
  .addHelpText("after", EXIT_CODES)
  .configureHelp({ showGlobalOptions: true })
  .exitOverride();

for (const command of [
  start,
  plan,
  cost,
  judge,
  up,
  destroy,
  status,
  state,
  release,
  mcp,
  env,
  doctor,
  local,
  partner,
  inspect,
  build,
  check,
  bench,
]) {
  program.addCommand(command.copyInheritedSettings(program));
}
