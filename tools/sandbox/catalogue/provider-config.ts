import { UNKNOWN } from "../../../policies/model.ts";
import { faultsInObject, type NestedTypes } from "./faults.ts";
import type { Fault, ObjectSpec } from "./spec.ts";
import { describeType } from "./values.ts";

/** What the engine adds to a provider's configuration. */
const ENGINE_KEYS: ReadonlySet<string> = new Set(["version", "pluginDownloadURL", "pluginChecksums"]);

/** What is wrong with a provider's configuration: the SDK sends whatever is not a string as JSON text. */
export function faultsInProviderConfig(
  config: Readonly<Record<string, unknown>>,
  object: ObjectSpec,
  types: NestedTypes,
): readonly Fault[] {
  const faults: Fault[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(config)) {
    if (ENGINE_KEYS.has(name) || name.startsWith("__")) continue;
    const type = object.properties[name]?.type ?? "string";
    values[name] = value;
    if (type === "string" || typeof value !== "string") continue;
    const parsed = parse(value);
    if (parsed === undefined)
      faults.push({ property: name, reason: `must be ${describeType(type)}, or that as JSON text` });
    // What cannot be read is present all the same.
    values[name] = parsed === undefined ? UNKNOWN : parsed.value;
  }
  return [...faults, ...faultsInObject(values, object, types)];
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
