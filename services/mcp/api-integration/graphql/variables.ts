import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLNamedInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  typeFromAST,
  type VariableDefinitionNode,
} from "graphql";
import type { JsonSchema } from "../api.ts";

type Fault = (why: string) => void;

const INT_32 = { minimum: -(2 ** 31), maximum: 2 ** 31 - 1 };

/** The scalars of GraphQL itself; another one is whatever its description says. */
const SCALARS: { readonly [name: string]: JsonSchema } = {
  Boolean: { type: "boolean" },
  Float: { type: "number" },
  ID: { type: "string" },
  Int: { type: "integer", ...INT_32 },
  String: { type: "string" },
};

/** The variables of an operation as the arguments of a tool. */
export function variablesSchema(
  schema: GraphQLSchema,
  variables: readonly VariableDefinitionNode[],
  fault: Fault,
): JsonSchema {
  const properties: { [name: string]: JsonSchema } = {};
  const required: string[] = [];
  for (const { variable, type: node, defaultValue, description } of variables) {
    const type = typeFromAST(schema, node);
    if (!isInputType(type)) continue;
    const name = variable.name.value;
    properties[name] = described(schemaOf(type, [], fault), description?.value);
    if (isNonNullType(type) && defaultValue === undefined) required.push(name);
  }
  return { type: "object", properties, required, additionalProperties: false };
}

function schemaOf(type: GraphQLInputType, within: readonly string[], fault: Fault): JsonSchema {
  if (isNonNullType(type)) return schemaOf(type.ofType, within, fault);
  if (isListType(type)) return { type: "array", items: schemaOf(type.ofType, within, fault) };
  return namedSchema(type, within, fault);
}

function namedSchema(type: GraphQLNamedInputType, within: readonly string[], fault: Fault): JsonSchema {
  if (isEnumType(type)) return { type: "string", enum: type.getValues().map(({ name }) => name) };
  if (!isInputObjectType(type)) return SCALARS[type.name] ?? described({}, type.description);
  if (!within.includes(type.name)) return objectSchema(type, [...within, type.name], fault);
  fault(`input "${type.name}" contains itself`);
  return {};
}

function objectSchema(type: GraphQLInputObjectType, within: readonly string[], fault: Fault): JsonSchema {
  const fields = Object.values(type.getFields());
  return {
    type: "object",
    properties: Object.fromEntries(
      fields.map((it) => [it.name, described(schemaOf(it.type, within, fault), it.description)]),
    ),
    required: fields.filter((it) => isNonNullType(it.type) && it.default === undefined).map(({ name }) => name),
    additionalProperties: false,
    ...(type.isOneOf && { minProperties: 1, maxProperties: 1 }),
  };
}

function described(schema: JsonSchema, description: string | null | undefined): JsonSchema {
  return typeof description === "string" ? { ...schema, description } : schema;
}
