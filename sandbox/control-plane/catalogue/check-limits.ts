import { UNKNOWN } from "../../../plan/model.ts";
import type { CheckFailure, Limits } from "./spec.ts";
import { isPlainObject } from "./values.ts";

/** Where a value is, and the source that states its limits, in the words of a message. */
interface Place {
  readonly path: string;
  readonly source: string;
}

/** Text beyond this length is cut in messages. */
const SHOWN = 80;

/** How a value breaks the limits that a service states for it; what is unknown breaks none, and no message holds a sensitive value. */
export function checkLimits(value: unknown, limits: Limits, { path, source }: Place): CheckFailure[] {
  return faultsOf(value, limits, path).map(({ at, whose = "", must, found }) => ({
    property: at,
    reason: `${whose}must ${must} (${source})${limits.secret === true ? "" : `, not ${found}`}`,
  }));
}

/** A failure without the value that it names. */
export function withoutValue({ property, reason }: CheckFailure): CheckFailure {
  return { property, reason: reason.replace(/, not (?!an? ).*$/su, "") };
}

interface Fault {
  readonly at: string;
  /** "its key ", where the fault is not in the value. */
  readonly whose?: string;
  /** What must be true of the value, after "must". */
  readonly must: string;
  /** What it is instead. */
  readonly found: string;
}

function faultsOf(value: unknown, limits: Limits, at: string): Fault[] {
  if (value === UNKNOWN) return [];
  if (typeof value === "number") return outside(value, limits, ["be at least", "be at most"], at);
  if (typeof value === "string") return textFaults(value, limits, at);
  if (Array.isArray(value)) {
    const within = ({ items }: Limits) =>
      items === undefined ? [] : value.flatMap((it: unknown, i) => faultsOf(it, items, `${at}[${i}]`));
    return [...outside(value.length, limits, ["have at least", "have at most"], at, "elements"), ...within(limits)];
  }
  return isPlainObject(value) && isMap(limits) ? mapFaults(value, limits, at) : [];
}

function textFaults(value: string, { min, max, pattern, values }: Limits, at: string): Fault[] {
  const found = JSON.stringify(value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value);
  if (values !== undefined)
    return values.includes(value) ? [] : [{ at, must: `be one of ${values.join(", ")}`, found }];
  const length = Array.from(value).length;
  const size = outside(
    length,
    { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) },
    ["have at least", "have at most"],
    at,
    "characters",
  );
  if (size.length > 0 || pattern === undefined || regularExpression(pattern).test(value)) return size;
  return [{ at, must: `match ${pattern}`, found }];
}

function mapFaults(value: Readonly<Record<string, unknown>>, limits: Limits, at: string): Fault[] {
  const entries = Object.entries(value).filter(([, it]) => it !== undefined && it !== null);
  const { keys, items, bytes } = limits;
  const total = entries.reduce((sum, [key, it]) => sum + Buffer.byteLength(key) + bytesOf(it), 0);
  return [
    ...outside(entries.length, limits, ["have at least", "have at most"], at, "entries"),
    ...(keys === undefined
      ? []
      : entries.flatMap(([key]) => faultsOf(key, keys, keyed(at, key)).map((it) => ({ ...it, whose: "its key " })))),
    ...(items === undefined ? [] : entries.flatMap(([key, it]) => faultsOf(it, items, keyed(at, key)))),
    ...(bytes === undefined || total <= bytes
      ? []
      : [{ at, must: `have at most ${bytes} bytes of keys and values together`, found: String(total) }]),
  ];
}

function outside(
  size: number,
  { min, max }: Limits,
  [least, most]: readonly [string, string],
  at: string,
  unit = "",
): Fault[] {
  const of = (limit: number): string => (unit === "" ? String(limit) : `${limit} ${unit}`);
  if (min !== undefined && size < min) return [{ at, must: `${least} ${of(min)}`, found: String(size) }];
  if (max !== undefined && size > max) return [{ at, must: `${most} ${of(max)}`, found: String(size) }];
  return [];
}

/** Whether limits are those of a map or of pairs of key and value; the size of a list says nothing of an object. */
function isMap({ keys, items, bytes }: Limits): boolean {
  return keys !== undefined || items !== undefined || bytes !== undefined;
}

function bytesOf(value: unknown): number {
  return typeof value === "string" ? Buffer.byteLength(value) : 0;
}

function keyed(path: string, key: string): string {
  return `${path}[${JSON.stringify(key)}]`;
}

const EXPRESSIONS = new Map<string, RegExp>();

/** A pattern must match all of a text; a dot also matches a line's end, which services differ in. */
function regularExpression(pattern: string): RegExp {
  const known = EXPRESSIONS.get(pattern) ?? new RegExp(`^(?:${pattern})$`, "su");
  EXPRESSIONS.set(pattern, known);
  return known;
}
