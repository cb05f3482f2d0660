import type { TypeSpec } from "./spec.ts";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const ASSET = "c44067f5952c0a294b673a41bacd8c17";
const ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
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
  resource: (value) => typeof value === "string" || saysResource(value),
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

const SIGNED: Readonly<Record<string, string>> = {
  [ASSET]: "an asset",
  [ARCHIVE]: "an archive",
  [RESOURCE]: "a resource",
  [SECRET]: "a secret that nothing unwrapped",
};

/** Whether a value is the reference that the SDK puts on the wire for a resource. */
export function saysResource(value: unknown): boolean {
  return signatureOf(value) === RESOURCE;
}

/** Whether a value is an object of named properties: no array, and none of the wire's special forms. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && signatureOf(value) === undefined;
}

/** A type in the words of a message: `a string or an object`. */
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
  if (signature !== undefined) return SIGNED[signature] ?? "a value of a special form";
  if (typeof value === "number" && !Number.isInteger(value))
    return Number.isFinite(value) ? "a fraction" : String(value);
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function signatureOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !(SIGNATURE in value)) return undefined;
  return String(value[SIGNATURE]);
}
