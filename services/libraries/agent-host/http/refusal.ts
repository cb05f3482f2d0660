import { JsonRpcTransportHandler } from "@a2a-js/sdk/server";
import { Problem } from "../../service-kit/problem.ts";

const SERVER_ERROR = -32_000;
const PARSE_ERROR = -32_700;
const INVALID_REQUEST = -32_600;
const INTERNAL_ERROR = -32_603;

/** Every way in which the host answers before A2A does: the HTTP status and the JSON-RPC code. */
const ANSWERS: { readonly [code: string]: readonly [status: number, rpcCode: number] } = {
  ERR_AGENT_BUSY: [429, SERVER_ERROR],
  ERR_BATCH: [400, INVALID_REQUEST],
  ERR_CONTENT_ENCODING: [415, SERVER_ERROR],
  ERR_CONTENT_TYPE: [415, SERVER_ERROR],
  ERR_DRAINING: [503, SERVER_ERROR],
  ERR_HTTP_METHOD: [405, SERVER_ERROR],
  ERR_MESSAGE_SYNTAX: [400, PARSE_ERROR],
  ERR_MESSAGE_TOO_LARGE: [413, SERVER_ERROR],
  ERR_NOT_FOUND: [404, SERVER_ERROR],
  ERR_ORIGIN: [403, SERVER_ERROR],
  ERR_REQUEST_INVALID: [400, INVALID_REQUEST],
  ERR_TENANT_MISMATCH: [403, SERVER_ERROR],
  ERR_TOKEN_KEYS_UNAVAILABLE: [503, SERVER_ERROR],
  ERR_TOKEN_SCOPE: [403, SERVER_ERROR],
};

/** An answer that is not the protocol's own. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly body: string;
}

/** An answer of the host itself, as JSON-RPC has it; `error` tells nothing but its code and what a caller may know. */
export function refusal(error: unknown, id: unknown): Refusal {
  const problem: Problem | undefined = error instanceof Problem ? error : undefined;
  const code = problem?.code ?? "ERR_INTERNAL";
  const [status, rpcCode] =
    ANSWERS[code] ?? (code.startsWith("ERR_TOKEN_") ? [401, SERVER_ERROR] : [500, INTERNAL_ERROR]);
  const message = status === 500 ? "internal error" : (problem?.clientMessage ?? "");
  return {
    status,
    code,
    body: JSON.stringify({ jsonrpc: "2.0", id: idOf(id), error: { code: rpcCode, message, data: [{ code }] } }),
  };
}

/** The JSON-RPC error of an error of A2A, or nothing where it is another one. */
export function protocolError(error: unknown, id: unknown): object | undefined {
  const mapped = JsonRpcTransportHandler.mapToJSONRPCError(error);
  return mapped.code === INTERNAL_ERROR ? undefined : { jsonrpc: "2.0", id: idOf(id), error: mapped };
}

/** A response of the SDK without what an internal error says. */
export function published<Response extends { readonly error?: unknown }>(response: Response): Response {
  const { error } = response;
  const isInternal = typeof error === "object" && error !== null && "code" in error && error.code === INTERNAL_ERROR;
  return isInternal ? { ...response, error: { code: INTERNAL_ERROR, message: "internal error" } } : response;
}

function idOf(id: unknown): string | number | null {
  return typeof id === "string" || (typeof id === "number" && Number.isInteger(id)) ? id : null;
}
