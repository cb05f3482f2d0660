/** A text that holds no plan. The message says why, in words that may follow the name of its file, and quotes no values. */
export class UnreadablePlanError extends TypeError {
  readonly code = "ERR_UNREADABLE_PLAN";

  constructor(message: string) {
    super(message);
    this.name = "UnreadablePlanError";
  }
}
