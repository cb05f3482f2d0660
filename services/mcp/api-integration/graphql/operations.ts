import {
  buildSchema,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  print,
  separateOperations,
  validate,
} from "graphql";
import * as z from "zod";
import type { Answer, BackendRequest, Operation, Reply } from "../api.ts";
import { ApiProblem, DescriptionError } from "../api-problem.ts";
import { BackendRefusal, refuseErrorStatus } from "../answer/error-status.ts";
import { dataOf } from "../answer/reply-data.ts";
import { variablesSchema } from "./variables.ts";

/** The texts that describe a GraphQL API: what it has, and what is asked of it. */
export interface GraphQlSource {
  /** In the schema definition language. */
  readonly schema: string;
  /** The named operations that become tools; callers choose among them, and write none. */
  readonly documents: string;
}

/** The operations of persisted documents, each checked against the schema. Throws a `DescriptionError` with every fault. */
export function graphQlOperations(api: string, source: GraphQlSource): readonly Operation[] {
  const { schema, document } = parsed(api, source);
  const invalid = validate(schema, document).map(({ message }) => message);
  if (invalid.length > 0) throw new DescriptionError(api, invalid);
  const faults: string[] = [];
  const definitions = document.definitions.filter((it) => it.kind === Kind.OPERATION_DEFINITION);
  const operations = definitions.map((it) => {
    const id = it.name?.value ?? "";
    if (id === "") faults.push("every operation must have a name");
    if (it.operation === OperationTypeNode.SUBSCRIPTION) faults.push(`${id}: subscriptions are not supported`);
    return operationOf(schema, it, separateOperations(document)[id] ?? document, (why) => faults.push(`${id}: ${why}`));
  });
  if (faults.length > 0) throw new DescriptionError(api, faults);
  return operations;
}

function parsed(api: string, { schema, documents }: GraphQlSource) {
  try {
    return { schema: buildSchema(schema), document: parse(documents) };
  } catch (error) {
    throw new DescriptionError(api, [error instanceof Error ? error.message : String(error)]);
  }
}

function operationOf(
  schema: GraphQLSchema,
  definition: OperationDefinitionNode,
  document: DocumentNode,
  fault: (why: string) => void,
): Operation {
  const id = definition.name?.value ?? "";
  const isRead = definition.operation === OperationTypeNode.QUERY;
  const query = print(document);
  return {
    id,
    title: id,
    description:
      definition.description?.value ?? descriptionOfField(schema, definition) ?? `${definition.operation} ${id}`,
    isRead,
    input: variablesSchema(schema, definition.variableDefinitions ?? [], fault),
    request: (variables): BackendRequest => ({
      method: "POST",
      path: "",
      query: [],
      headers: {
        accept: "application/graphql-response+json, application/json",
        "content-type": "application/json",
      },
      body: JSON.stringify({ query, operationName: id, variables }),
      isIdempotent: isRead,
    }),
    answer: graphQlAnswer,
  };
}

function descriptionOfField(schema: GraphQLSchema, { operation, selectionSet }: OperationDefinitionNode) {
  const [selection] = selectionSet.selections;
  if (selection?.kind !== Kind.FIELD) return undefined;
  return schema.getRootType(operation)?.getFields()[selection.name.value]?.description ?? undefined;
}

const GraphQlReply = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(z.object({ message: z.string(), path: z.array(z.union([z.string(), z.number()])).nullish() }))
    .optional(),
});

/** Errors without data are a refusal; errors beside data are said. */
function graphQlAnswer(reply: Reply): Answer {
  const isGraphQl = reply.mediaType === "application/graphql-response+json";
  if (!isGraphQl) refuseErrorStatus(reply);
  const { success, data: read } = GraphQlReply.safeParse(dataOf(reply));
  if (!success) throw new ApiProblem("ERR_ANSWER_INVALID", "the backend's answer is not one of GraphQL");
  const messages = (read.errors ?? []).map(({ message, path }) => `${path?.join("/") ?? "request"}: ${message}`);
  if (messages.length > 0 && (read.data === null || read.data === undefined))
    throw new BackendRefusal("ERR_BACKEND_REFUSED", "the backend refused the operation", messages.join("; "));
  return { data: read.data ?? null, notices: messages.map((it) => it.slice(0, 200)).slice(0, 10) };
}
