import type { JsonSchema } from "../api.ts";

/** What an element holds: a value, or elements in their order. */
export type ElementType =
  | { readonly kind: "simple"; readonly schema: JsonSchema }
  | { readonly kind: "complex"; readonly elements: readonly ElementShape[] };

/** An element of a message. */
export interface ElementShape {
  readonly name: string;
  /** Empty for one that is not qualified. */
  readonly namespace: string;
  readonly isRequired: boolean;
  readonly isList: boolean;
  readonly description?: string;
  readonly type: ElementType;
}

/** The schema of the object that holds an element's elements, or of its value. */
export function schemaOfType(type: ElementType): JsonSchema {
  if (type.kind === "simple") return type.schema;
  return {
    type: "object",
    properties: Object.fromEntries(type.elements.map((it) => [it.name, schemaOfElement(it)])),
    required: type.elements.filter((it) => it.isRequired).map(({ name }) => name),
    additionalProperties: false,
  };
}

function schemaOfElement({ type, isList, isRequired, description }: ElementShape): JsonSchema {
  const schema = schemaOfType(type);
  const listed = isList ? { type: "array", items: schema, ...(isRequired && { minItems: 1 }) } : schema;
  return description === undefined ? listed : { ...listed, description };
}

/** Reads values back from XML that was parsed as text, by what the elements are. */
export function typedValue(type: ElementType, value: unknown): unknown {
  if (isNil(value)) return null;
  if (type.kind === "simple") return typedText(type.schema["type"], textIn(value));
  const found = typeof value === "object" && value !== null ? (value as { readonly [name: string]: unknown }) : {};
  const entries = type.elements
    .filter(({ name }) => Object.hasOwn(found, name))
    .map(({ name, type: below, isList }): [string, unknown] => {
      const values = [found[name]].flat().map((it) => typedValue(below, it));
      return [name, isList ? values : values[0]];
    });
  return Object.fromEntries(entries);
}

function isNil(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    "@nil" in value &&
    (value["@nil"] === "true" || value["@nil"] === "1")
  );
}

function textIn(value: unknown): string {
  if (typeof value === "string") return value;
  const text = typeof value === "object" && value !== null && "#text" in value ? value["#text"] : "";
  return typeof text === "string" ? text : "";
}

/** A number that JSON would not carry exactly stays text. */
function typedText(type: unknown, text: string): unknown {
  if (type === "boolean") return text === "true" || text === "1";
  if (type === "number" && text !== "" && Number.isFinite(Number(text))) return Number(text);
  if (type === "integer" && Number.isSafeInteger(Number(text)) && text !== "") return Number(text);
  return text;
}
