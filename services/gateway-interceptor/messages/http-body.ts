import { headerOf } from "./event.ts";
import type { GatewayRequest } from "./event.ts";
import { BODY_LIMIT_BYTES } from "./message.ts";
import { RequestProblem } from "./request-problem.ts";

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
const utf8 = new TextDecoder("utf-8", { fatal: true });

const field = { field: "body" };

/** Refuses a body for an HTTP target that is too large, not base64, or JSON that is not UTF-8; its meaning is the target's business. */
export function requireHttpBody({ body, headers }: GatewayRequest): void {
  if (body === undefined || body === null) return;
  const bytes = bytesOf(body);
  if (!(headerOf(headers, "content-type") ?? "").toLowerCase().includes("json")) return;
  try {
    utf8.decode(bytes);
  } catch (cause) {
    throw new RequestProblem("ERR_MESSAGE_SYNTAX", "body is not UTF-8", { ...field, cause });
  }
}

function bytesOf(body: unknown): Uint8Array {
  if (typeof body !== "string" || body.length % 4 !== 0 || !BASE64.test(body)) {
    throw new RequestProblem("ERR_MESSAGE_INVALID", "body must be base64", field);
  }
  const bytes = Buffer.from(body, "base64");
  if (bytes.length <= BODY_LIMIT_BYTES) return bytes;
  throw new RequestProblem("ERR_MESSAGE_TOO_LARGE", `body of more than ${BODY_LIMIT_BYTES} bytes`, field);
}
