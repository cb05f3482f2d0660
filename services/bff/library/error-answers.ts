import { endedWith } from "../../../contracts/records/log-line.ts";
import type { Env, ErrorHandler, Hono, NotFoundHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import { ApiProblem, problemResponse } from "./api-problem.ts";
import type { BffEnvironment, BffLog } from "./bff-environment.ts";

/** Makes `app` answer errors and unknown addresses as `application/problem+json`; what is not meant for clients goes to `log` alone. */
export function answerErrors<Environment extends BffEnvironment & Env>(app: Hono<Environment>, log: BffLog): void {
  const failed: ErrorHandler<Environment> = (error, context) => {
    const requestId = context.get("requestId");
    const problem = problemOf(error);
    const { code, status } = problem;
    const fields = { requestId, code, ...endedWith(status), method: context.req.method, path: context.req.path };
    if (status >= 500) log.error({ ...fields, error }, "request failed");
    else log.warn({ ...fields, reason: problem.message }, "request refused");
    return problemResponse(problem, requestId);
  };
  const unknown: NotFoundHandler<Environment> = (context) =>
    problemResponse(new ApiProblem("not-found", "there is nothing at this address"), context.get("requestId"));
  app.onError(failed);
  app.notFound(unknown);
}

/** What a client is told of an error: of one that is not ours, nothing but that it happened. */
export function problemOf(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (error instanceof HTTPException && error.status === 413) return tooLarge();
  if (error instanceof HTTPException && error.status < 500)
    return new ApiProblem("bad-request", "the request cannot be read", { cause: error });
  return new ApiProblem("internal", "the request failed here, and was noted", { cause: error });
}

function tooLarge(): ApiProblem {
  return new ApiProblem("body-too-large", "the body is larger than this address takes");
}
