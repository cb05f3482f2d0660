import { isRecord } from "../../../contracts/json.ts";
import { SIGNATURE, SIGNED } from "../../../plan/loaders/wire-values.ts";
import type { TypeSpec } from "./spec.ts";

const ASSET = "c44067f5952c0a294b673a41bacd8c17";
const ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7";
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";

type Kind = Extract<TypeSpec, string>;

/** Whether a value, as it is on the wire, is of a simple type. */
export const KINDS: Readonly<Record<Kind, (value: unknown) => boolean>> = {
  string: (value) => typeof value === "string",
  number: (value) => Number.isFinite(value),
  integer: (value) => Number.isInteger(value),
  boolean: (value) => typeof value === "boolean",
  any: () => true,
  asset: (value) => signatureOf(value) === ASSET,
  archive: (value) => signatureOf(value) === ARCHIVE,
  resource: (value) => typeof value === "string" || isResourceReference(value),
};

const NAMES: Readonly<Record<Kind, string>> = {
  string: "a string",
  number: "a number",
  integer: "a whole number",
  boolean: "a boolean",
  any: "anything",
  asset: "an asset",
  archive: "an archive",
  resource: "a resource or its id",
};

/** What the special values of the wire are, in the words of a message. */
const SPECIAL: Readonly<Record<string, string>> = {
  [ASSET]: "an asset",
  [ARCHIVE]: "an archive",
  [RESOURCE]: "a resource",
  [SIGNED.secret]: "a secret that nothing unwrapped",
};

/** Whether a value is the reference that the SDK puts on the wire for a resource. */
export function isResourceReference(value: unknown): boolean {
  return signatureOf(value) === RESOURCE;
}

/** Whether a value is an object of named properties: no array, and no special value of the wire such as an asset. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return isRecord(value) && signatureOf(value) === undefined;
}

/** A type in the words of a message, such as `a string or an object`. */
export function describeType(type: TypeSpec): string {
  if (typeof type === "string") return NAMES[type];
  if ("values" in type) return `one of ${type.values.join(", ")}`;
  if ("array" in type) return "an array";
  if ("union" in type) return [...new Set(type.union.map(describeType))].join(" or ");
  return "an object";
}

/** What a value is, in the words of a message; never the value itself. */
export function describeValue(value: unknown): string {
  if (Array.isArray(value)) return "an array";
  const signature = signatureOf(value);
  if (signature !== undefined) return SPECIAL[signature] ?? "a value of a special form";
  if (typeof value === "number" && !Number.isInteger(value))
    return Number.isFinite(value) ? "a fraction" : String(value);
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function signatureOf(value: unknown): string | undefined {
  return isRecord(value) && SIGNATURE in value ? String(value[SIGNATURE]) : undefined;
}
