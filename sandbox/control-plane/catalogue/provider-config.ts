import { UNKNOWN } from "../../../plan/model.ts";
import { checkObject, type Vocabulary } from "./check.ts";
import type { CheckFailure, ObjectSpec } from "./spec.ts";
import { describeType } from "./values.ts";

/** What the engine adds to a provider's configuration. */
const ENGINE_KEYS: ReadonlySet<string> = new Set(["version", "pluginDownloadURL", "pluginChecksums"]);

const UNREADABLE = Symbol("unreadable");

/** What is wrong with a provider's configuration, in which the SDK sends everything that is not a string as JSON text. */
export function checkConfig(
  config: Readonly<Record<string, unknown>>,
  object: ObjectSpec,
  vocabulary: Vocabulary,
): readonly CheckFailure[] {
  const own = Object.entries(config).filter(([name]) => !ENGINE_KEYS.has(name) && !name.startsWith("__"));
  const read = own.map(([name, value]) => ({ name, type: object.properties[name]?.type ?? "string", value }));
  const parsed = read.map(({ name, type, value }) => [name, type === "string" ? value : parse(value)] as const);
  // A value that is no JSON text gets its own failure; for the other checks it counts as present.
  const unreadable = read.filter((_, index) => parsed[index]?.[1] === UNREADABLE);
  const values = parsed.map(([name, value]) => [name, value === UNREADABLE ? UNKNOWN : value] as const);
  return [
    ...unreadable.map(({ name, type }) => ({
      property: name,
      reason: `must be ${describeType(type)}, or that as JSON text`,
    })),
    ...checkObject(Object.fromEntries(values), object, vocabulary),
  ];
}

function parse(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return UNREADABLE;
  }
}
