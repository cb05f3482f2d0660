import { CommanderError } from "commander";
import { loadingError, SourceError } from "./data-sources.ts";
import { EXIT, exitCodeOf, wordsFor } from "./exit-code.ts";

// Whoever reads our output may stop reading; what has begun goes on.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

// The data is loaded with the commands: what does not parse there is told in one line.
const loaded = await import("./program.ts").catch(loadingError);
if (loaded instanceof Error && !(loaded instanceof SourceError)) throw loaded;

try {
  if (loaded instanceof Error) throw loaded;
  await loaded.program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  } else {
    process.stderr.write(`alicerce: ${wordsFor(error)}\n`);
    process.exitCode = exitCodeOf(error);
  }
}
