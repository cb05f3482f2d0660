/** What the release data cannot become, or is not; the code makes it a matter of usage for whoever runs the command. */
export class ReleaseProblem extends Error {
  readonly code = "ERR_USAGE";

  constructor(message: string) {
    super(message);
    this.name = "ReleaseProblem";
  }
}
