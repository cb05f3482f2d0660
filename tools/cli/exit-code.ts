/** What the exit code of every command says. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  premiseViolated: 3,
  undetermined: 4,
  notAgreed: 5,
  interrupted: 130,
} as const;

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

/** Something would be deleted or replaced, and nobody has agreed to it; the message says what, and how to agree. */
export class NotAgreedError extends Error {
  readonly code = "ERR_NOT_AGREED";

  constructor(message: string) {
    super(message);
    this.name = "NotAgreedError";
  }
}

const CODES: Readonly<Record<string, ExitCode>> = {
  ERR_ADDRESS: EXIT.usage,
  ERR_ENVIRONMENT: EXIT.usage,
  ERR_EXEMPTIONS: EXIT.usage,
  ERR_INTERRUPTED: EXIT.interrupted,
  ERR_NOT_AGREED: EXIT.notAgreed,
  ERR_USAGE: EXIT.usage,
};

/** The exit code for an error that ended a command. */
export function exitCodeOf(error: unknown): ExitCode {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return CODES[code] ?? EXIT.failed;
}

/** The words for an error that ended a command: those of our own errors as they are, others with their stack on request. */
export function wordsFor(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? error.code : undefined;
  if (code === "ENOSPC" || code === "EDQUOT")
    return `the disk is full (${error.message}): free some space, then run the same command again`;
  return process.env["ALICERCE_DEBUG"] === undefined ? error.message : (error.stack ?? error.message);
}
