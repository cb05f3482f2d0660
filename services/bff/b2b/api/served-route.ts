import { type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { problemKind, type ProblemCode } from "../../library/problems.ts";
import { ApiProblem } from "../../library/api-problem.ts";
import { requireScope } from "../authentication/require-partner.ts";
import type { PartnerEnvironment } from "../partners/partner-environment.ts";
import type { PartnerScope } from "../../../../contracts/bff/partner-access.ts";

/** The API of partners: its routes, and the description that is made from them. */
export type PartnerApi = OpenAPIHono<PartnerEnvironment>;

/** One route as it is described and served. */
export interface ServedRoute {
  readonly method: "get" | "post" | "put";
  /** With parameters in braces. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly scope: PartnerScope;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly headers?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly response: { readonly status: number; readonly description: string; readonly schema: z.ZodType };
  /** What it refuses, beside what every route refuses. */
  readonly problems: readonly ProblemCode[];
}

const EVERYWHERE: readonly ProblemCode[] = [
  "bad-request",
  "unauthenticated",
  "forbidden",
  "limit-reached",
  "unavailable",
];

const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    instance: z.string(),
    errors: z
      .array(z.object({ pointer: z.string().optional(), parameter: z.string().optional(), detail: z.string() }))
      .optional(),
  })
  .openapi("Problem");

/** Describes a route and serves it, for partners with its scope. */
export function serve(
  api: PartnerApi,
  route: ServedRoute,
  handler: (call: Context<PartnerEnvironment>) => Promise<Response>,
): void {
  const { method, path, operationId, summary, response, body, problems, params, query, headers } = route;
  api.openAPIRegistry.registerPath({
    method,
    path,
    operationId,
    summary,
    security: [{ apiKey: [] }, { accessToken: [route.scope] }],
    request: {
      ...(params !== undefined && { params }),
      ...(query !== undefined && { query }),
      ...(headers !== undefined && { headers }),
      ...(body !== undefined && { body: { required: true, content: { "application/json": { schema: body } } } }),
    },
    responses: {
      [response.status]: {
        description: response.description,
        content: { "application/json": { schema: response.schema } },
      },
      ...refusals([...EVERYWHERE, ...problems]),
    },
  });
  api.on(method.toUpperCase(), routingPath(path), requireScope(route.scope), handler);
}

/** Answers other methods of the routes so far by 405, with those that there are. */
export function refuseOtherMethods(api: PartnerApi, routes: readonly ServedRoute[]): void {
  for (const [path, served] of Map.groupBy(routes, (it) => it.path)) {
    const allow = served.map((it) => it.method.toUpperCase()).join(", ");
    api.all(routingPath(path), () => {
      throw new ApiProblem("method-not-allowed", `the resource has ${allow}`, { headers: { allow } });
    });
  }
}

function routingPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ":$1");
}

/** One response for each status: problems of the same status are told apart by their type. */
function refusals(codes: readonly ProblemCode[]) {
  const byStatus = Map.groupBy(codes, (it) => problemKind(it).status);
  return Object.fromEntries(
    [...byStatus].map(([status, ofStatus]) => [
      status,
      {
        description: ofStatus.map((it) => problemKind(it).title).join("; "),
        content: { "application/problem+json": { schema: problem } },
      },
    ]),
  );
}
