import { Command, CommanderError } from "commander";
import { bench } from "./commands/bench.ts";
import { build } from "./commands/build.ts";
import { check } from "./commands/check.ts";
import { destroy } from "./commands/destroy.ts";
import { env } from "./commands/env.ts";
import { inspect } from "./commands/inspect.ts";
import { local } from "./commands/local.ts";
import { mcp } from "./commands/mcp.ts";
import { plan } from "./commands/plan.ts";
import { release } from "./commands/release.ts";
import { start } from "./commands/start.ts";
import { status } from "./commands/status.ts";
import { up } from "./commands/up.ts";
import { EXIT, exitCodeOf, wordsFor } from "./exit-code.ts";

const EXIT_CODES = `
Exit codes:
  0    done, and every premise holds
  1    something failed
  2    bad usage: an unknown command, option, environment or address
  3    a premise is violated: nothing was created because of it
  130  interrupted; the same command goes on where it stopped`;

const program = new Command("alicerce")
  .description("The AWS foundation for MCP servers and AI agents: planned, judged and deployed stack by stack.")
  .addHelpText("after", EXIT_CODES)
  .configureHelp({ showGlobalOptions: true })
  .exitOverride();

for (const command of [start, plan, up, destroy, status, release, mcp, env, local, inspect, build, check, bench]) {
  program.addCommand(command.copyInheritedSettings(program));
}

// Whoever reads our output may stop reading; what has begun goes on.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  } else {
    process.stderr.write(`alicerce: ${wordsFor(error)}\n`);
    process.exitCode = exitCodeOf(error);
  }
}
