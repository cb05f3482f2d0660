import type { StandardSchemaWithJSON } from "@modelcontextprotocol/server";

const TARGET = { target: "draft-2020-12" } as const;

/**
 * A schema whose JSON Schema is made once, at start-up: the SDK asks for it at every call, and a server is built per
 * request. A zod schema still judges by zod, so defaults and refinements hold, which JSON Schema alone would lose.
 */
export function frozenSchema(schema: StandardSchemaWithJSON): StandardSchemaWithJSON {
  const { vendor, validate, jsonSchema } = schema["~standard"];
  const input = jsonSchema.input(TARGET);
  const output = jsonSchema.output(TARGET);
  return { "~standard": { version: 1, vendor, validate, jsonSchema: { input: () => input, output: () => output } } };
}
