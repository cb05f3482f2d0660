/** Thrown by reading a value that is not known yet. The judge turns it into *undetermined*, so rules need not handle it. */
export class UnknownValue extends Error {
  /** What was not known: the path of an input, or what has yet to be registered. */
  readonly path: string;

  constructor(path: string) {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0; // a preview throws thousands, and nobody reads their stack traces
    super(`${path} is not known yet`);
    Error.stackTraceLimit = limit;
    this.name = "UnknownValue";
    this.path = path;
  }
}

/** What `read` answers, or what `otherwise` does where `read` needs a value that is not known yet. */
export function unlessUnknown<T, U>(read: () => T, otherwise: () => U): T | U {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnknownValue) return otherwise();
    throw error;
  }
}

/** Something is missing: undetermined while more resources may be registered, a violation after that. */
export class Absence {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}

/** The result of a fact whose demanded resource is not in the stack. */
export function absent(message: string): Absence {
  return new Absence(message);
}

/** Whether the predicate is true of at least one item. Throws `UnknownValue` only when it is true of none and unknown for some. */
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

/** Whether the predicate is true of every item. Throws `UnknownValue` only when it is false for none and unknown for some. */
export function every<T>(items: Iterable<T>, predicate: (item: T) => boolean): boolean {
  return !some(items, (item) => !predicate(item));
}
