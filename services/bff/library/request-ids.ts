import { randomUUID } from "node:crypto";
import { createMiddleware } from "hono/factory";
import { CONTEXT_HEADER } from "../../../contracts/headers.ts";
import { IDENTIFIER } from "../../../contracts/identifiers.ts";
import type { BffEnvironment } from "./bff-environment.ts";

/** Gives each request an id, keeps the caller's correlation id where it has the form of one, and repeats both in the answer. */
export const requestIds = createMiddleware<BffEnvironment>(async (context, next) => {
  const requestId = randomUUID();
  const given = context.req.header(CONTEXT_HEADER.correlationId);
  const correlationId = given !== undefined && IDENTIFIER.correlationId.test(given) ? given : requestId;
  context.set("requestId", requestId);
  context.set("correlationId", correlationId);
  await next();
  context.res.headers.set(CONTEXT_HEADER.requestId, requestId);
  context.res.headers.set(CONTEXT_HEADER.correlationId, correlationId);
});
