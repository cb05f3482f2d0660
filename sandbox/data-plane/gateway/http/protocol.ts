import { classifyInboundRequest } from "@modelcontextprotocol/server";
import type { JSONRPCNotification, JSONRPCRequest } from "@modelcontextprotocol/server";
import type { IncomingHttpHeaders } from "node:http";
import { PROTOCOL_VERSIONS } from "../../../../contracts/headers.ts";
import { GatewayProblem } from "../gateway-problem.ts";

/** The revision without sessions, and the one with. */
export const [MODERN, LEGACY] = PROTOCOL_VERSIONS;

const INVALID_PARAMS = -32602;

/** A message of a client, and what it speaks. */
export interface Inbound {
  readonly isModern: boolean;
  /** Absent if the client only notifies, or answers something. */
  readonly request?: JSONRPCRequest;
  readonly notification?: JSONRPCNotification;
}

/** Reads one message, and holds what the headers say against it; throws `GatewayProblem`. */
export function readInbound(headers: IncomingHttpHeaders, body: unknown): Inbound {
  if (Array.isArray(body)) throw new GatewayProblem("ERR_BATCH", "body is a batch");
  const version = textOf(headers["mcp-protocol-version"]);
  const found = classifyInboundRequest({
    httpMethod: "POST",
    ...(version !== undefined && { protocolVersionHeader: version }),
    ...header("mcpMethodHeader", headers["mcp-method"]),
    ...header("mcpNameHeader", headers["mcp-name"]),
    body,
  });
  if (found.kind === "reject") throw rejected(found, version);
  if (found.kind === "legacy") {
    if (version !== undefined) requireVersion(version, LEGACY);
    return { isModern: false, ...legacyMessage(body) };
  }
  requireVersion(found.classification.revision ?? version ?? "", MODERN);
  if (found.messageKind === "notification") return { isModern: true, notification: found.message };
  requireStandardHeaders(found.message, headers);
  return { isModern: true, request: found.message };
}

type Rejected = Extract<ReturnType<typeof classifyInboundRequest>, { readonly kind: "reject" }>;

function rejected({ message, httpStatus: status, code: rpcCode, data }: Rejected, version?: string): GatewayProblem {
  // A client of a revision that is not served cannot know what else a request must say in those that are.
  if (rpcCode === INVALID_PARAMS && version !== undefined && !isServed(version)) return unsupported(version);
  return new GatewayProblem("ERR_PROTOCOL", message, { message, status, rpcCode, data });
}

function header<Name extends string>(name: Name, value: unknown): { readonly [Key in Name]?: string } {
  return typeof value === "string" ? ({ [name]: value } as { [Key in Name]: string }) : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value.trim() : undefined;
}

function legacyMessage(body: unknown): Omit<Inbound, "isModern"> {
  // The classification has found a request, a notification or a response.
  const message = body as { readonly method?: string; readonly id?: unknown };
  if (message.method === undefined) return {};
  return message.id === undefined
    ? { notification: message as JSONRPCNotification }
    : { request: message as JSONRPCRequest };
}

function isServed(version: string): boolean {
  return PROTOCOL_VERSIONS.some((it) => it === version);
}

function requireVersion(requested: string, supported: string): void {
  if (requested !== supported) throw unsupported(requested);
}

/** The protocol's `UnsupportedProtocolVersionError`. */
function unsupported(requested: string): GatewayProblem {
  return new GatewayProblem("ERR_PROTOCOL", `version "${requested.slice(0, 80)}" is not served`, {
    message: "Unsupported protocol version",
    rpcCode: -32022,
    data: { supported: PROTOCOL_VERSIONS, requested },
  });
}

/** Which member of `params` the header `Mcp-Name` repeats. */
const NAMED_BY: { readonly [method: string]: "name" | "uri" } = {
  "tools/call": "name",
  "prompts/get": "name",
  "resources/read": "uri",
};

/** What `Mcp-Name` says of a message, if its method names something. */
export function namedBy(method: string, params: { readonly [member: string]: unknown } | undefined): unknown {
  const member = Object.hasOwn(NAMED_BY, method) ? NAMED_BY[method] : undefined;
  return member === undefined ? undefined : params?.[member];
}

/** The headers that a request of 2026-07-28 must repeat itself in (SEP-2243); that the method agrees is known by now. */
function requireStandardHeaders({ method, params }: JSONRPCRequest, headers: IncomingHttpHeaders): void {
  const named = namedBy(method, params);
  const isComplete = headers["mcp-protocol-version"] !== undefined && headers["mcp-method"] !== undefined;
  if (isComplete && (named === undefined || decodedName(headers["mcp-name"]) === named)) return;
  throw new GatewayProblem("ERR_PROTOCOL", "headers differ from the body", {
    message: "the headers do not say what the body says",
    rpcCode: -32020,
  });
}

function decodedName(value: unknown): string | undefined {
  const text = textOf(value);
  const base64 = /^=\?base64\?([A-Za-z0-9+/]*={0,2})\?=$/.exec(text ?? "")?.[1];
  return base64 === undefined ? text : Buffer.from(base64, "base64").toString();
}

/** A text as a header carries it: beyond plain ASCII in base64. */
export function encodedName(text: string): string {
  const isPlain = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(text) && !text.startsWith("=?base64?");
  return isPlain ? text : `=?base64?${Buffer.from(text).toString("base64")}?=`;
}
