import { JsonFault, parseStrictJson } from "../../libraries/service-kit/strict-json.ts";
import { isRecord } from "../../../contracts/json.ts";
import { headerOf, headerValues } from "./event.ts";
import type { GatewayRequest, HeaderFields } from "./event.ts";
import { RequestProblem } from "./request-problem.ts";

/** What may stand as the id of a request. */
export type MessageId = string | number;

/** One JSON-RPC message that a client sent, checked. */
export interface Message {
  /** Null for a notification. */
  readonly id: MessageId | null;
  /** "response" if the client answers something that the server asked. */
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Speaks the protocol without sessions, where headers repeat what the body says. */
  readonly isModern: boolean;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Largest body that the gateway and the function's invocation carry. */
export const BODY_LIMIT_BYTES = 6 * 1024 * 1024;

const FIRST_MODERN_VERSION = "2026-07-28";
const METHOD = /^[a-z][A-Za-z]*(?:\/[A-Za-z][A-Za-z_]*){0,3}$/;
const VERSION_IN_META = "io.modelcontextprotocol/protocolVersion";

/** The id by which an error can be answered, or null if there is none that JSON-RPC and MCP allow. */
export function idOf(body: unknown): MessageId | null {
  const id = isRecord(body) ? body["id"] : undefined;
  return isId(id) ? id : null;
}

function isId(id: unknown): id is MessageId {
  return Number.isSafeInteger(id) || (typeof id === "string" && id.length <= 1_024 && id.isWellFormed());
}

/** Whether the client speaks a version of the protocol without sessions. */
export function isModernVersion(headers: HeaderFields): boolean {
  const version = headerOf(headers, "mcp-protocol-version");
  return version !== undefined && /^\d{4}-\d\d-\d\d$/.test(version) && version >= FIRST_MODERN_VERSION;
}

const invalid = (reason: string, field: string): RequestProblem =>
  new RequestProblem("ERR_MESSAGE_INVALID", reason, { field });

/** Reads the message of an MCP request, from the text that the client sent where the gateway shows it. */
export function readMessage(request: GatewayRequest, rawBody: string | undefined): Message {
  if (request.httpMethod !== "POST") {
    throw new RequestProblem("ERR_HTTP_METHOD", `method "${request.httpMethod}" must be "POST"`);
  }
  const body = parse(rawBody ?? textOf(request.body));
  if (Array.isArray(body)) throw invalid("batches are not served", "body");
  if (!isRecord(body)) throw invalid("body must be an object", "body");
  if (body["jsonrpc"] !== "2.0") throw invalid('jsonrpc must be "2.0"', "jsonrpc");
  const message = {
    id: requestId(body),
    method: methodOf(body),
    params: paramsOf(body),
    isModern: isModernVersion(request.headers),
    body,
  };
  requireSameInHeaders(message, request.headers);
  return message;
}

function textOf(body: unknown): string {
  try {
    return body === undefined ? "" : JSON.stringify(body);
  } catch (cause) {
    throw new RequestProblem("ERR_MESSAGE_SYNTAX", "body cannot be written as JSON", { cause });
  }
}

function parse(text: string): unknown {
  if (Buffer.byteLength(text) > BODY_LIMIT_BYTES) {
    throw new RequestProblem("ERR_MESSAGE_TOO_LARGE", `body of more than ${BODY_LIMIT_BYTES} bytes`, { field: "body" });
  }
  try {
    return parseStrictJson(text);
  } catch (cause) {
    const reason = cause instanceof JsonFault ? cause.message : "body cannot be parsed";
    throw new RequestProblem("ERR_MESSAGE_SYNTAX", reason, { field: "body", cause });
  }
}

function requestId(body: Readonly<Record<string, unknown>>): MessageId | null {
  const { id } = body;
  if (id === undefined) return null;
  if (isId(id)) return id;
  throw invalid("id must be a string or a whole number that is exact", "id");
}

function methodOf(body: Readonly<Record<string, unknown>>): string {
  const { id, method } = body;
  if (method === undefined && id !== undefined && ("result" in body || "error" in body)) return "response";
  if (typeof method !== "string" || !METHOD.test(method) || method === "response") {
    throw invalid("method must be the name of a method", "method");
  }
  if (id === undefined && !method.startsWith("notifications/")) throw invalid("a request must have an id", "id");
  return method;
}

function paramsOf({ params }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (params === undefined) return {};
  if (!isRecord(params)) throw invalid("params must be an object", "params");
  if (params["_meta"] !== undefined && !isRecord(params["_meta"])) throw invalid("_meta must be an object", "_meta");
  return params;
}

/** Which member of `params` the header `Mcp-Name` repeats. */
const NAMED_BY: { readonly [method: string]: "name" | "uri" } = {
  "tools/call": "name",
  "prompts/get": "name",
  "resources/read": "uri",
};

/** A gateway in front may have decided by the headers: they must say what the body says (SEP-2243). */
function requireSameInHeaders({ method, params, isModern }: Omit<Message, "body">, headers: HeaderFields): void {
  const meta = params["_meta"];
  const version = isRecord(meta) ? meta[VERSION_IN_META] : undefined;
  if (version !== undefined) requireSame(headers, "mcp-protocol-version", version, true);
  if (method === "response") return;
  requireSame(headers, "mcp-method", method, isModern);
  const member = Object.hasOwn(NAMED_BY, method) ? NAMED_BY[method] : undefined;
  if (member !== undefined) requireSame(headers, "mcp-name", params[member], isModern);
}

function requireSame(headers: HeaderFields, name: string, expected: unknown, isRequired: boolean): void {
  const values = headerValues(headers, name);
  if (values.length === 0 && !isRequired) return;
  const [value] = values;
  if (values.length === 1 && typeof value === "string" && decoded(value) === expected) return;
  throw new RequestProblem("ERR_HEADER_MISMATCH", `header "${name}" differs from the body`, { field: name });
}

/** Text beyond ASCII comes as `=?base64?…?=`. */
function decoded(value: string): string {
  const base64 = /^=\?base64\?([A-Za-z0-9+/]*={0,2})\?=$/.exec(value)?.[1];
  return base64 === undefined ? value : Buffer.from(base64, "base64").toString();
}
