import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { Problem } from "../../libraries/service-kit/problem.ts";

const STATUS: { readonly [code: string]: ContentfulStatusCode } = {
  ERR_PARTNER_SCOPE: 403,
  ERR_PARTNER_UNKNOWN: 401,
};

/** What went wrong, as RFC 9457 has it; of what is not the caller's fault only that it happened. */
export function problemResponse(error: Error, call: Context): Response {
  const status =
    error instanceof HTTPException ? error.status : error instanceof Problem ? STATUS[error.code as string] : 500;
  const detail = error instanceof Problem ? error.clientMessage : "internal error";
  const body = { type: "about:blank", status: status ?? 500, detail };
  return call.json(body, status ?? 500, { "content-type": "application/problem+json" });
}
