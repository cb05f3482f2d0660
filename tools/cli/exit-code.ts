/** What the exit code of every command says. */
export const EXIT = { ok: 0, failed: 1, usage: 2, premiseViolated: 3, interrupted: 130 } as const;

/** One of the exit codes. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The command line asks for something that does not exist. */
export class UsageError extends Error {
  readonly code = "ERR_USAGE";

  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}

const USAGE_CODES: readonly unknown[] = ["ERR_ADDRESS", "ERR_USAGE"];

/** The exit code for an error that ended a command. */
export function exitCodeOf(error: unknown): ExitCode {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ERR_INTERRUPTED") return EXIT.interrupted;
  return USAGE_CODES.includes(code) ? EXIT.usage : EXIT.failed;
}

/** The words for an error that ended a command: those of our own errors as they are, others with their stack on request. */
export function wordsFor(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? error.code : undefined;
  if (code === "ENOSPC" || code === "EDQUOT")
    return `the disk is full (${error.message}): free some space, then run the same command again`;
  return process.env["ALICERCE_DEBUG"] === undefined ? error.message : (error.stack ?? error.message);
}
