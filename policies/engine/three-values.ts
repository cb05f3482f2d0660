/** Thrown by reading what is not known yet; the judge turns it into *undetermined*, so rules need not think of it. */
export class UnknownValue extends Error {
  /** What was not known: the path of an input, or what has yet to be registered. */
  readonly path: string;

  constructor(path: string) {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0; // thousands are thrown in a preview, and nobody reads where
    super(`${path} is not known yet`);
    Error.stackTraceLimit = limit;
    this.name = "UnknownValue";
    this.path = path;
  }
}

/** That something is missing, which is a violation only once nothing more can be registered. */
export class Absence {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}

/** Says that what a rule demands is not in the stack. */
export function absent(message: string): Absence {
  return new Absence(message);
}

/** Whether the predicate is true of at least one item; an unknown item decides nothing as long as another one can. */
export function some<T>(items: Iterable<T>, predicate: (item: T) => boolean): boolean {
  let unknown: UnknownValue | undefined;
  for (const item of items) {
    try {
      if (predicate(item)) return true;
    } catch (error) {
      if (!(error instanceof UnknownValue)) throw error;
      unknown ??= error;
    }
  }
  if (unknown !== undefined) throw unknown;
  return false;
}

/** Whether the predicate is true of every item; one known counter-example decides, whatever else is unknown. */
export function every<T>(items: Iterable<T>, predicate: (item: T) => boolean): boolean {
  return !some(items, (item) => !predicate(item));
}
