/** A value as JSON has it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** The object ids of the types whose text is not already the best JSON for them. */
const OID = {
  bool: 16,
  bytea: 17,
  int2: 21,
  int4: 23,
  json: 114,
  float4: 700,
  float8: 701,
  timestamptz: 1184,
  jsonb: 3802,
};

const CONVERSIONS: ReadonlyMap<number, (text: string) => Json> = new Map<number, (text: string) => Json>([
  [OID.bool, (text) => text === "t"],
  [OID.bytea, (text) => Buffer.from(text.slice(2), "hex").toString("base64")],
  [OID.int2, Number],
  [OID.int4, Number],
  [OID.float4, toNumber],
  [OID.float8, toNumber],
  [OID.json, parseJson],
  [OID.jsonb, parseJson],
  [OID.timestamptz, toInstant],
]);

/**
 * A value as JSON without loss: bytea in base64, timestamptz in RFC 3339 and UTC, JSON as JSON; what a JSON number
 * cannot hold exactly (numeric, int8, NaN, numbers within JSON) as the text that PostgreSQL prints; so every other type.
 */
export function jsonOf(text: string | null, type: number): Json {
  const convert = CONVERSIONS.get(type);
  return text === null || convert === undefined ? text : convert(text);
}

function toNumber(text: string): Json {
  const value = Number(text);
  return Number.isFinite(value) && !Object.is(value, -0) ? value : text;
}

/** Infinite times, years before Christ and after 9999 stay what PostgreSQL prints. */
function toInstant(text: string): Json {
  const parts = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)\+00$/.exec(text);
  return parts === null ? text : `${parts[1]}T${parts[2]}Z`;
}

/** PostgreSQL keeps every digit of a number within JSON, and in `json` even keys that are given twice. */
function parseJson(text: string): Json {
  return JSON.parse(text, (_key, value: unknown, context?: { readonly source?: string }) =>
    typeof value === "number" && context?.source !== undefined && !isExact(value, context.source)
      ? context.source
      : value,
  ) as Json;
}

function isExact(value: number, source: string): boolean {
  return Number.isFinite(value) && plainDigits(String(value)) === plainDigits(source);
}

/** Sign, significant digits and exponent, so that 1.50 and 15e-1 are the same. */
function plainDigits(number: string): string {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(number) ?? [];
  const digits = (whole + fraction).replace(/^0+/, "");
  const significant = digits.replace(/0+$/, "");
  if (significant === "") return `${sign}0`;
  return `${sign}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}
