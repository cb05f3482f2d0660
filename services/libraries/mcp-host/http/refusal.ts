import { Problem } from "../../service-kit/problem.ts";

const SERVER_ERROR = -32000;
const PARSE_ERROR = -32700;
const INVALID_REQUEST = -32600;
const INTERNAL_ERROR = -32603;

/** Every way in which the host answers before the protocol does: the HTTP status and the JSON-RPC code. */
const ANSWERS: { readonly [code: string]: readonly [status: number, rpcCode: number] } = {
  ERR_BATCH: [400, INVALID_REQUEST],
  ERR_CONTENT_ENCODING: [415, SERVER_ERROR],
  ERR_CONTENT_TYPE: [415, SERVER_ERROR],
  ERR_DRAINING: [503, SERVER_ERROR],
  ERR_HEADER_MISMATCH: [403, SERVER_ERROR],
  ERR_HOST: [403, SERVER_ERROR],
  ERR_MESSAGE_SYNTAX: [400, PARSE_ERROR],
  ERR_MESSAGE_TOO_LARGE: [413, SERVER_ERROR],
  ERR_NOT_FOUND: [404, SERVER_ERROR],
  ERR_ORIGIN: [403, SERVER_ERROR],
  ERR_TOKEN_KEYS_UNAVAILABLE: [503, SERVER_ERROR],
};

/** An answer of the host itself, as JSON-RPC has it; `error` tells nothing but its code and what a client may know. */
export function refusal(error: unknown): { readonly status: number; readonly code: string; readonly body: string } {
  const problem: Problem | undefined = error instanceof Problem ? error : undefined;
  const code = problem?.code ?? "ERR_INTERNAL";
  const [status, rpcCode] =
    ANSWERS[code] ?? (code.startsWith("ERR_TOKEN_") ? [401, SERVER_ERROR] : [500, INTERNAL_ERROR]);
  const message = status === 500 ? "internal error" : (problem?.clientMessage ?? "");
  return {
    status,
    code,
    body: JSON.stringify({ jsonrpc: "2.0", id: null, error: { code: rpcCode, message, data: { code } } }),
  };
}
