import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Person } from "../people.ts";
import type { PlannedPool } from "./planned-pool.ts";
import { PoolProblem } from "./pool-problem.ts";
import {
  answerAddress,
  type AuthorizationRequest,
  authorizationRequest,
  requireValid,
  signedIn,
} from "./pool-sign-in.ts";
import { failurePage, PAGE_HEADERS, signInPage } from "../sign-in-pages.ts";
import type { TokenEndpoint } from "./token-endpoint.ts";
import type { UserPool } from "./user-pool.ts";

/** A pool that is being served. */
export interface Served {
  readonly plan: PlannedPool;
  readonly pool: UserPool;
  readonly endpoint: TokenEndpoint;
  readonly people: readonly Person[];
}

interface Environment {
  Variables: { served: Served };
}

const LONGEST_FORM_BYTES = 16 * 1024;

/** The routes of Amazon Cognito, for pools by their ids; what it spreads over two hosts is together here. */
export function poolApp(pools: ReadonlyMap<string, Served>): Hono<Environment> {
  const app = new Hono<Environment>();
  app.use("/:pool/*", async (context, next) => {
    const served = pools.get(context.req.param("pool"));
    if (served === undefined || !isOurs(context.req.url)) return context.notFound();
    context.set("served", served);
    return next();
  });
  app.use("/:pool/*", bodyLimit({ maxSize: LONGEST_FORM_BYTES }));
  app.get("/:pool/.well-known/openid-configuration", (context) => context.json(discovery(context.get("served").pool)));
  app.get("/:pool/.well-known/jwks.json", (context) => context.json({ keys: [context.get("served").pool.publicKey] }));
  app.post("/:pool/oauth2/token", token);
  app.post("/:pool/oauth2/revoke", revoke);
  app.get("/:pool/oauth2/authorize", authorize);
  app.get("/:pool/login", showSignIn);
  app.post("/:pool/login", takeSignIn);
  return app;
}

/** A page elsewhere that points its own name at this machine gets nothing (DNS rebinding). */
function isOurs(url: string): boolean {
  return ["127.0.0.1", "localhost"].includes(new URL(url).hostname);
}

function discovery({ issuer }: UserPool): object {
  return {
    issuer,
    authorization_endpoint: `${issuer}/oauth2/authorize`,
    token_endpoint: `${issuer}/oauth2/token`,
    revocation_endpoint: `${issuer}/oauth2/revoke`,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    id_token_signing_alg_values_supported: ["RS256"],
    response_types_supported: ["code"],
    scopes_supported: ["openid", "email", "phone", "profile"],
    subject_types_supported: ["public"],
    token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
  };
}

function token(context: Context<Environment>): Promise<Response> {
  const { endpoint } = context.get("served");
  return answeredClient(context, async (authorization, form) =>
    context.json(await endpoint.answer(authorization, form)),
  );
}

function revoke(context: Context<Environment>): Promise<Response> {
  const { endpoint } = context.get("served");
  return answeredClient(context, (authorization, form) => {
    endpoint.revoke(authorization, form);
    return Promise.resolve(context.body(null, 200));
  });
}

async function answeredClient(
  context: Context<Environment>,
  work: (authorization: string | undefined, form: URLSearchParams) => Promise<Response>,
): Promise<Response> {
  context.header("cache-control", "no-store");
  try {
    return await work(context.req.header("authorization"), await formOf(context));
  } catch (error) {
    if (!(error instanceof PoolProblem)) throw error;
    return context.json(error.body, 400);
  }
}

async function formOf({ req }: Context<Environment>): Promise<URLSearchParams> {
  const type = req.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/x-www-form-urlencoded") throw new PoolProblem("invalid_request");
  return new URLSearchParams(await req.text());
}

/** Sends the browser to the sign-in page, or back to the client that asked for what it may not have. */
function authorize(context: Context<Environment>): Promise<Response> {
  const { pool } = context.get("served");
  return answered(context, (request) => {
    requireValid(request);
    return Promise.resolve(new URL(`${pool.issuer}/login?${request.query.toString()}`));
  });
}

function showSignIn(context: Context<Environment>): Promise<Response> {
  const { pool } = context.get("served");
  return answered(context, (request) => {
    requireValid(request);
    return signInPage(pool.tenantId);
  });
}

function takeSignIn(context: Context<Environment>): Promise<Response> {
  const { endpoint, people, pool } = context.get("served");
  return answered(context, async (request) =>
    signedIn(request, await formOf(context), { endpoint, people, tenantId: pool.tenantId }),
  );
}

/** Answers with a page or a redirect; what is wrong with a request is told to the client, unless it is not known which. */
async function answered(
  context: Context<Environment>,
  work: (request: AuthorizationRequest) => Promise<URL | string>,
): Promise<Response> {
  let request: AuthorizationRequest | undefined;
  try {
    request = authorizationRequest(context.get("served").pool, new URL(context.req.url).searchParams);
    const answer = await work(request);
    return typeof answer === "string" ? context.body(answer, 200, PAGE_HEADERS) : context.redirect(answer.href, 303);
  } catch (error) {
    if (!(error instanceof PoolProblem)) throw error;
    if (request === undefined) return context.body(await failurePage(error.message), 400, PAGE_HEADERS);
    const description = error.description === undefined ? {} : { error_description: error.description };
    return context.redirect(answerAddress(request, { error: error.code, ...description }).href, 303);
  }
}
