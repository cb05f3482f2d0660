import { timingSafeEqual } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import { createMiddleware } from "hono/factory";
import { ApiProblem } from "../library/api-problem.ts";
import { TokenError } from "../../libraries/service-kit/problem.ts";
import type { TokenVerifier } from "../../libraries/service-kit/tokens/token.ts";
import type { Consumer, ConsumerEnvironment } from "./consumer-environment.ts";
import type { RecordCookie } from "./sign-in/cookies.ts";
import type { Sessions } from "./sign-in/sessions.ts";

/** By what callers are known. */
export interface CallerParts {
  readonly sessions: Sessions;
  readonly sessionCookie: RecordCookie;
  /** Verifies the access tokens of apps; absent where there are none. */
  readonly verifyAccess: TokenVerifier | undefined;
  /** The client by which browsers sign in, and what consumers hold who do: agents use no tool that takes more. */
  readonly web: { readonly clientId: string; readonly scopes: readonly string[] };
  /** Where browsers find this BFF, such as `https://acme.b2c.eu.example.com`. */
  readonly origin: string;
}

/** The header by which a page proves that it could read an answer of this site. */
export const CSRF_HEADER = "x-csrf-token";

const SAFE = ["GET", "HEAD", "OPTIONS"];

/** Establishes who calls, by an access token or else by a session; a token that is wrong is refused, and never replaced by a session. */
export function knowCaller(parts: CallerParts): MiddlewareHandler<ConsumerEnvironment> {
  return createMiddleware<ConsumerEnvironment>(async (context, next) => {
    const authorization = context.req.header("authorization");
    const consumer =
      authorization === undefined ? await bySession(context, parts) : await byToken(authorization, parts);
    if (consumer !== undefined) context.set("consumer", consumer);
    await next();
  });
}

/** Lets nobody through who is not known. */
export const requireConsumer = createMiddleware<ConsumerEnvironment>(async (context, next) => {
  consumerOf(context);
  await next();
});

/** The consumer who calls; throws `ApiProblem` 401. */
export function consumerOf(context: Context<ConsumerEnvironment>): Consumer {
  const consumer = context.get("consumer");
  if (consumer !== undefined) return consumer;
  throw new ApiProblem("unauthenticated", "sign in first", { headers: { "www-authenticate": "Bearer" } });
}

async function byToken(authorization: string, { verifyAccess }: CallerParts): Promise<Consumer> {
  const [, token] = /^Bearer ([\w.~+/=-]+)$/i.exec(authorization) ?? [];
  if (verifyAccess === undefined) throw invalid(new TokenError("ERR_TOKEN_CLIENT", "there are no apps"));
  try {
    const { userId, clientId, scopes } = await verifyAccess(token ?? "");
    if (userId === undefined) throw new ApiProblem("forbidden", "only consumers are served here, not machines");
    return { userId, clientId, scopes };
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    if (error.code === "ERR_TOKEN_KEYS_UNAVAILABLE")
      throw new ApiProblem("unavailable", error.clientMessage, { retryAfterSeconds: 10, cause: error });
    throw invalid(error);
  }
}

function invalid(error: TokenError): ApiProblem {
  const headers = { "www-authenticate": 'Bearer error="invalid_token"' };
  return new ApiProblem("unauthenticated", error.clientMessage, { headers, cause: error });
}

async function bySession(
  context: Context<ConsumerEnvironment>,
  { sessions, sessionCookie, origin, web }: CallerParts,
): Promise<Consumer | undefined> {
  const id = sessionCookie.read(context);
  const session = id === undefined ? undefined : await sessions.find(id);
  if (session === undefined) return undefined;
  if (!SAFE.includes(context.req.method)) requireOwnPage(context, session.csrf, origin);
  return { userId: session.userId, ...web, session };
}

/** Browsers send cookies for pages of others, too: what changes something must say where it comes from, and what only our page can know. */
function requireOwnPage(context: Context, csrf: string, origin: string): void {
  const { req } = context;
  const site = req.header("sec-fetch-site");
  const isOurs = req.header("origin") === origin && (site === undefined || site === "same-origin");
  if (!isOurs) throw new ApiProblem("cross-site", "the request comes from another site");
  if (!isEqual(req.header(CSRF_HEADER) ?? "", csrf))
    throw new ApiProblem("cross-site", `${CSRF_HEADER} must be the session's`);
}

function isEqual(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
