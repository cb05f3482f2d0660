import type { JsonSchema } from "../api.ts";
import { documentationIn, hasTrait, structureTrait, textTrait, type Traits } from "./traits.ts";

const COUNTED: { readonly [type: string]: string } = { list: "Items", map: "Properties", set: "Items" };

/** What traits say about a value, in the words of JSON Schema. */
export function constraintsOf(type: string, traits: Traits): JsonSchema {
  const length = structureTrait(traits, "length");
  const range = structureTrait(traits, "range");
  const unit = COUNTED[type] ?? "Length";
  return defined({
    [`min${unit}`]: length["min"],
    [`max${unit}`]: length["max"],
    minimum: range["min"],
    maximum: range["max"],
    pattern: textTrait(traits, "pattern"),
    description: documentationIn(traits),
    enum: hasTrait(traits, "enum") ? enumValues(traits) : undefined,
  });
}

/** The values of the trait that enumerated strings before there were enum shapes. */
function enumValues(traits: Traits): readonly unknown[] {
  return Object.values(structureTrait(traits, "enum")).map((it) => (it as { readonly value?: unknown }).value);
}

function defined(schema: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined));
}
