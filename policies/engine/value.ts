import { UNKNOWN } from "../../plan/model.ts";
import { UnknownValue } from "./three-values.ts";

/** A read-only view of inputs by dotted path. An absent value is `undefined`; reading an unknown one throws `UnknownValue` with its path. */
export class Value {
  readonly #raw: unknown;
  readonly #path: string;
  readonly #member: string | number;
  readonly #under: Value | undefined;

  /** A value at a path, below another value where one is given; the whole path is put together only where something is unknown. */
  constructor(raw: unknown, path = "", member: string | number = "", under?: Value) {
    this.#raw = raw;
    this.#path = path;
    this.#member = member;
    this.#under = under;
  }

  /** The value at a dotted path, or at a `key` below it that may itself hold dots. Members of the result may still be unknown. */
  at(path = "", key?: string): unknown {
    let value = this.#raw;
    // By position and not by `split`, which would create a list for each of the many reads.
    for (let start = 0; path !== "" && start <= path.length;) {
      if (value === UNKNOWN) throw this.#unknown(path.slice(0, Math.max(0, start - 1)));
      const dot = path.indexOf(".", start);
      const end = dot < 0 ? path.length : dot;
      value = memberOf(value, path.slice(start, end));
      start = end + 1;
    }
    if (value === UNKNOWN) throw this.#unknown(path);
    if (key === undefined) return value;
    value = memberOf(value, key);
    if (value === UNKNOWN) throw this.#unknown(path, key);
    return value;
  }

  /** The text at the path, or `undefined` for anything else. */
  text(path = "", key?: string): string | undefined {
    const value = this.at(path, key);
    return typeof value === "string" ? value : undefined;
  }

  /** The boolean at the path, which providers also take as text. */
  flag(path: string): boolean | undefined {
    const value = this.at(path);
    if (value === true || value === "true") return true;
    return value === false || value === "false" ? false : undefined;
  }

  /** The number at the path, which providers also take as text. */
  number(path: string): number | undefined {
    const value = this.at(path);
    if (typeof value === "number") return value;
    return typeof value === "string" && value.trim() !== "" && !Number.isNaN(Number(value)) ? Number(value) : undefined;
  }

  /** The members of the list at the path, each read on its own; a single value stands for a list of one. */
  list(path = ""): readonly Value[] {
    const value = this.at(path);
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value)) return [new Value(value, path, "", this)];
    return value.map((it, i) => new Value(it, path, i, this));
  }

  /** The texts of the list at the path; all of them must be known. */
  texts(path = ""): readonly string[] {
    return this.list(path)
      .map((it) => it.text())
      .filter((it) => it !== undefined);
  }

  /** The members of the record at the path. */
  entries(path = ""): readonly (readonly [string, Value])[] {
    const value = this.at(path);
    if (!isContainer(value) || Array.isArray(value)) return [];
    return Object.entries(value).map(([key, it]) => [key, new Value(it, path, key, this)]);
  }

  /** Whether something was given at the path, known or not. */
  has(path: string): boolean {
    try {
      const value = this.at(path);
      return value !== undefined && value !== null;
    } catch (error) {
      if (error instanceof UnknownValue) return true;
      throw error;
    }
  }

  #unknown(...keys: readonly string[]): UnknownValue {
    return new UnknownValue(this.#join(keys));
  }

  #join(keys: readonly string[]): string {
    const above = this.#under === undefined ? "" : this.#under.#join([]);
    return [above, this.#path, String(this.#member), ...keys].filter((it) => it !== "").join(".");
  }
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function memberOf(value: unknown, key: string): unknown {
  return isContainer(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
