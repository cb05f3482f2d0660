import { Hono } from "hono";
import { ApiProblem } from "../../../library/api-problem.ts";
import type { BffEnvironment } from "../../../library/bff-environment.ts";
import { readBody } from "../../../library/request-body.ts";
import { WEBHOOK_HEADER } from "../signing/signature.ts";
import { receive, type ReceiveDependencies } from "./receive.ts";

const MOST_BYTES = 100_000;
const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** `POST /<source>`: takes what a partner tells by Standard Webhooks, and answers 202 once it is kept. */
export function incomingRoutes(dependencies: ReceiveDependencies): Hono<BffEnvironment> {
  const routes = new Hono<BffEnvironment>();
  routes.post("/:source", async (call) => {
    const body = textOf(await readBody(call, MOST_BYTES));
    const { id, timestamp, signature } = WEBHOOK_HEADER;
    const status = await receive(dependencies, call.req.param("source"), {
      id: call.req.header(id),
      timestamp: call.req.header(timestamp),
      signature: call.req.header(signature),
      body,
    });
    return call.json({ status }, status === "accepted" ? 202 : 200);
  });
  return routes;
}

function textOf(bytes: Uint8Array): string {
  try {
    return UTF8.decode(bytes);
  } catch (cause) {
    throw new ApiProblem("bad-request", "the body must be UTF-8", { cause });
  }
}
