import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { isRecord } from "../../contracts/json.ts";
import { decodeText, SIGNATURE, SIGNED, UNKNOWN_TEXT } from "../../plan/loaders/wire-values.ts";
import { UNKNOWN } from "../../plan/model.ts";

/** Plain values as the sandbox handles them: secrets unwrapped, what is unknown as `UNKNOWN`. */
export type Values = Readonly<Record<string, unknown>>;

const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";

/** Plain values from the JavaScript of a protobuf `Struct`: wrappers are removed, what is unknown becomes `UNKNOWN`. */
export function decode(values: Values): Values {
  return decodeValue(values) as Values;
}

/** The JavaScript of a protobuf `Struct` from plain values; the top-level properties named in `secrets` are wrapped as secrets. */
export function encode(values: Values, secrets: ReadonlySet<string> = new Set()): Values {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [
        key,
        secrets.has(key) ? { [SIGNATURE]: SIGNED.secret, value: encodeValue(value) } : encodeValue(value),
      ]),
  );
}

/** The top-level properties of raw wire values that hold a secret at any depth. */
export function secretsOf(raw: Values): ReadonlySet<string> {
  return new Set(Object.keys(raw).filter((key) => holdsSecret(raw[key])));
}

/** Raw wire values with plain `defaults` added where nothing is given, at any depth and inside secrets. */
export function withDefaults(raw: Values, defaults: Values): Values {
  const merged: Record<string, unknown> = { ...raw };
  for (const [key, value] of Object.entries(defaults)) {
    const present = merged[key];
    if (present === undefined || present === null) merged[key] = encodeValue(value);
    else if (isRecord(value)) merged[key] = filled(present, value);
  }
  return merged;
}

/** Whether a decoded value is, or holds at any depth, something unknown. */
export function holdsUnknown(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  if (Array.isArray(value)) return value.some(holdsUnknown);
  return isRecord(value) && Object.values(value).some(holdsUnknown);
}

/** The plain JavaScript of an optional protobuf `Struct`. */
export function fromStruct(it: struct.Struct | undefined): Values {
  return it === undefined ? {} : it.toJavaScript();
}

/** A protobuf `Struct` of plain JavaScript. */
export function toStruct(values: Values): struct.Struct {
  return struct.Struct.fromJavaScript(values as Parameters<typeof struct.Struct.fromJavaScript>[0]);
}

function decodeValue(value: unknown): unknown {
  if (typeof value === "string") return decodeText(value);
  if (Array.isArray(value)) return value.map(decodeValue);
  if (!isRecord(value)) return value;
  const signature = value[SIGNATURE];
  if (signature === SIGNED.secret) return decodeValue(value["value"]);
  if (signature === SIGNED.output) return "value" in value ? decodeValue(value["value"]) : UNKNOWN;
  if (signature === RESOURCE) return referred(value);
  // The SDK marks assets a second time for its own use (`__pulumi…`); the engine removes those marks.
  const entries = Object.entries(value).filter(([key]) => signature === undefined || !key.startsWith("__pulumi"));
  return Object.fromEntries(entries.map(([key, it]) => [key, decodeValue(it)]));
}

function filled(raw: unknown, defaults: Values): unknown {
  if (!isRecord(raw)) return raw;
  const signature = raw[SIGNATURE];
  if (signature === undefined) return withDefaults(raw, defaults);
  const wraps = (signature === SIGNED.secret || signature === SIGNED.output) && "value" in raw;
  return wraps ? { ...raw, value: filled(raw["value"], defaults) } : raw;
}

/** A resource reference as the engine gives it to a provider without support for them: the id, or the URN of a component. */
function referred({ id, urn }: Record<string, unknown>): unknown {
  return id === "" ? UNKNOWN : decodeValue(id ?? urn);
}

function encodeValue(value: unknown): unknown {
  if (value === UNKNOWN) return UNKNOWN_TEXT;
  if (Array.isArray(value)) return value.map((it) => encodeValue(it === undefined ? null : it));
  if (!isRecord(value)) return value;
  return encode(value);
}

function holdsSecret(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsSecret);
  if (!isRecord(value)) return false;
  if (value[SIGNATURE] === SIGNED.secret) return true;
  if (value[SIGNATURE] === SIGNED.output && value["secret"] === true) return true;
  return Object.values(value).some(holdsSecret);
}
