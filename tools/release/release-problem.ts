/** A rollback that would change nothing: whoever asked for one relies on something that is not so. */
export class NothingToRollBack extends Error {
  readonly code = "ERR_NOTHING_TO_ROLL_BACK";

  constructor(why: string) {
    super(`nothing to roll back: ${why}`);
    this.name = "NothingToRollBack";
  }
}

/** What the release data cannot become, or is not; the code makes it a matter of usage for whoever runs the command. */
export class ReleaseProblem extends Error {
  readonly code = "ERR_USAGE";

  constructor(message: string) {
    super(message);
    this.name = "ReleaseProblem";
  }
}
