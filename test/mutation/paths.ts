/** A path in inputs, with positions in lists. */
export type Path = readonly string[];

/** A value of inputs and where it is. */
export interface Leaf {
  readonly path: Path;
  /** The path without positions; where members of a list have names, with these in brackets: `env[TENANT_ID].value`. */
  readonly label: string;
  /** The path as descriptions write it: without positions and names. */
  readonly plain: string;
  readonly value: unknown;
}

/** Every value of the inputs that holds no others, and every list. */
export function leavesOf(value: unknown, path: Path = [], label = "", plain = ""): readonly Leaf[] {
  const self = { path, label, plain, value };
  if (Array.isArray(value)) {
    const below = value.flatMap((it, i) => leavesOf(it, [...path, String(i)], `${label}${nameIn(it)}`, plain));
    return [self, ...below];
  }
  if (!isRecord(value)) return [self];
  const join = (key: string, to: string): string => (to === "" ? key : `${to}.${key}`);
  const below = Object.entries(value).flatMap(([key, it]) =>
    leavesOf(it, [...path, key], join(key, label), join(key, plain)),
  );
  return below.length > 0 ? below : [self];
}

/** A copy with the value at a path changed; `undefined` takes it away, also out of a list. */
export function changedAt(value: unknown, path: Path, change: (value: unknown) => unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return change(value);
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value;
    const after = list.map((it, i) => (String(i) === key ? changedAt(it, rest, change) : it));
    return after.filter((it) => it !== undefined);
  }
  const record = isRecord(value) ? value : {};
  const after = changedAt(record[key], rest, change);
  if (after !== undefined) return { ...record, [key]: after };
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}

/** Whether the value is an object with members, and no list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function nameIn(member: unknown): string {
  const name = isRecord(member) ? member["name"] : undefined;
  return typeof name === "string" ? `[${name}]` : "";
}
