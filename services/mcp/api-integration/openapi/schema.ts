import type { JsonSchema } from "../api.ts";

/** Takes a fault of a description: where it is, and why it is one. */
export type Fault = (where: string, why: string) => void;

/** Whether a schema says what is sent or what comes back. */
export type Direction = "answer" | "request";

/** What becomes of one keyword: keywords of JSON Schema 2020-12. */
type Convert = (value: unknown, place: Place) => JsonSchema;

interface Place {
  readonly where: string;
  readonly fault: Fault;
  readonly direction: Direction;
  /** What the keyword stands in. */
  readonly schema: JsonSchema;
}

/** Names of properties that models' tool definitions admit. */
export const PROPERTY_NAME = /^[A-Za-z0-9_.-]{1,64}$/;

/** Mean the same in OpenAPI 3.0, 3.1 and JSON Schema 2020-12. */
const KEPT: ReadonlySet<string> = new Set([
  ...["title", "description", "default", "const", "format", "pattern", "uniqueItems", "multipleOf"],
  ...["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"],
]);

/** Say nothing about what is valid, or are read with another keyword. */
const DROPPED: ReadonlySet<string> = new Set([
  ...["$comment", "deprecated", "example", "examples", "externalDocs", "readOnly", "writeOnly", "xml"],
  ...["contentEncoding", "contentMediaType", "nullable"],
]);

/** OpenAPI 3.0 says "or null" and "not the bound itself" by a second keyword, 3.1 as JSON Schema does. */
const CONVERTED: { readonly [keyword: string]: Convert } = {
  type: (type, { schema }) => ({ type: isNullable(schema) ? [type, "null"] : type }),
  enum: (values, { schema }) => ({ enum: isNullable(schema) ? [...new Set([...asList(values), null])] : values }),
  minimum: (minimum, { schema }) => (schema["exclusiveMinimum"] === true ? {} : { minimum }),
  maximum: (maximum, { schema }) => (schema["exclusiveMaximum"] === true ? {} : { maximum }),
  exclusiveMinimum: (value, { schema }) => bound("exclusiveMinimum", value, schema["minimum"]),
  exclusiveMaximum: (value, { schema }) => bound("exclusiveMaximum", value, schema["maximum"]),
  items: (items, place) => ({ items: within(place, "items", items) }),
  additionalProperties: (value, place) => ({
    additionalProperties: typeof value === "boolean" ? value : within(place, "additionalProperties", value),
  }),
  properties: (_, place) => ({
    properties: Object.fromEntries(
      propertiesIn(place).map(([name, it]) => [name, within(place, `properties/${name}`, it)]),
    ),
  }),
  required: (names, place) => {
    const gone = new Set(Object.keys(asSchema(place.schema["properties"])));
    for (const [name] of propertiesIn(place)) gone.delete(name);
    return { required: asList(names).filter((it) => !gone.has(String(it))) };
  },
};

/**
 * Turns a schema of OpenAPI, free of references, into JSON Schema 2020-12. What cannot be said without composition is
 * a fault, as it is for AgentCore and for tool definitions of models, and so is a keyword that is not known here.
 */
export function jsonSchemaOf(source: unknown, where: string, direction: Direction, fault: Fault): JsonSchema {
  if (typeof source === "boolean") return source ? {} : { not: {} };
  const schema = asSchema(source);
  const place: Place = { where, fault, direction, schema };
  const converted = Object.entries(schema).map(([keyword, value]) => convert(keyword, value, place));
  return Object.assign({}, ...converted) as JsonSchema;
}

function convert(keyword: string, value: unknown, place: Place): JsonSchema {
  if (KEPT.has(keyword)) return { [keyword]: value };
  if (DROPPED.has(keyword) || keyword.startsWith("x-")) return {};
  const converted = Object.hasOwn(CONVERTED, keyword) ? CONVERTED[keyword] : undefined;
  if (converted !== undefined) return converted(value, place);
  place.fault(place.where, `"${keyword}" is not supported`);
  return {};
}

function within({ where, direction, fault }: Place, step: string, schema: unknown): JsonSchema {
  return jsonSchemaOf(schema, `${where}/${step}`, direction, fault);
}

/** The properties of one direction; names that models cannot use are faults. */
function propertiesIn({ schema, direction, where, fault }: Place): readonly [string, unknown][] {
  const other = direction === "request" ? "readOnly" : "writeOnly";
  const properties = Object.entries(asSchema(schema["properties"])).filter(([, it]) => asSchema(it)[other] !== true);
  for (const [name] of properties)
    if (!PROPERTY_NAME.test(name)) fault(where, `the name of property "${name}" must be 1 to 64 of A-Z a-z 0-9 _ . -`);
  return properties;
}

function bound(keyword: string, value: unknown, inclusive: unknown): JsonSchema {
  if (typeof value === "number") return { [keyword]: value };
  return value === true && inclusive !== undefined ? { [keyword]: inclusive } : {};
}

function isNullable(schema: JsonSchema): boolean {
  return schema["nullable"] === true && typeof schema["type"] === "string";
}

function asSchema(value: unknown): JsonSchema {
  return typeof value === "object" && value !== null ? (value as JsonSchema) : {};
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}
