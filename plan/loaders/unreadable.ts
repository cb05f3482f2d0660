/** A text that holds no plan. The message says why, in words that may follow the name of its file, and quotes no values. */
export class UnreadablePlanError extends TypeError {
  readonly code = "ERR_UNREADABLE_PLAN";

  /** Whether it is sound JSON of another kind, which may well stand beside plans. */
  readonly isOther: boolean;

  constructor(message: string, { isOther = false } = {}) {
    super(message);
    this.name = "UnreadablePlanError";
    this.isOther = isOther;
  }
}
