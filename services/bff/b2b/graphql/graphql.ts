import { execute, GraphQLError, parse, specifiedRules, validate } from "graphql";
import * as z from "zod";
import { ApiProblem } from "../../library/api-problem.ts";
import { readJson } from "../../library/json-body.ts";
import type { PartnerApiParts } from "../api/api-parts.ts";
import type { PartnerApi } from "../api/served-route.ts";
import { queryLimits } from "./query-limits.ts";
import { partnerSchema, type QueryContext } from "./schema.ts";

const PATH = "/v1/graphql";
const MOST_BYTES = 32 * 1024;
const MOST_TOKENS = 2_000;

/** One query: neither a list of them, nor one that is known by a hash. */
const request = z.strictObject({
  query: z.string().min(1),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
});

/** Serves GraphQL to partners, by POST alone (GraphQL over HTTP); each field needs the scope that its resource needs by REST. */
export function serveGraphql(api: PartnerApi, { business }: PartnerApiParts): void {
  api.post(PATH, async (call) => {
    const asked = await readJson(call, request, MOST_BYTES);
    const answer = await answerOf(asked, { partner: call.var.partner, business });
    // An answer without data is to a query that was not executed.
    const status = answer.data === undefined ? 400 : 200;
    return call.json(answer, status, { "content-type": "application/graphql-response+json; charset=utf-8" });
  });
  api.all(PATH, () => {
    throw new ApiProblem("method-not-allowed", "queries come by POST", { headers: { allow: "POST" } });
  });
}

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLError[];
}

const schema = partnerSchema();
const rules = [...specifiedRules, queryLimits()];

async function answerOf(
  { query, operationName, variables }: z.output<typeof request>,
  contextValue: QueryContext,
): Promise<Answer> {
  try {
    const document = parse(query, { maxTokens: MOST_TOKENS });
    const faults = validate(schema, document, rules, { maxErrors: 5 });
    if (faults.length > 0) return { errors: faults };
    const { data, errors } = await execute({
      schema,
      document,
      contextValue,
      ...(typeof operationName === "string" && { operationName }),
      ...(typeof variables === "object" && variables !== null && { variableValues: variables }),
    });
    return { ...(data !== undefined && { data }), ...(errors !== undefined && { errors: errors.map(shown) }) };
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] };
    throw error;
  }
}

/** What clients are told of an error: of one that was not made for them, nothing but where it happened. */
function shown(error: GraphQLError): GraphQLError {
  const below: unknown = error.cause;
  if (below === undefined || below instanceof GraphQLError) return error;
  if (below instanceof ApiProblem) return told(below.message, below.code, error);
  return told("the query failed here", "internal", error);
}

function told(message: string, code: string, { nodes, path }: GraphQLError): GraphQLError {
  return new GraphQLError(message, { nodes: nodes ?? null, path: path ?? null, extensions: { code } });
}
