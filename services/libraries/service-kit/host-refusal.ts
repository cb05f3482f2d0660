import { Problem } from "./problem.ts";

/** The codes of JSON-RPC 2.0, section 5.1, that hosts answer with. */
export const RPC_CODES = {
  serverError: -32_000,
  parseError: -32_700,
  invalidRequest: -32_600,
  internalError: -32_603,
} as const;

/** How a code of a `Problem` is answered: the HTTP status and the JSON-RPC code. */
export interface RefusalTable {
  readonly [code: string]: readonly [status: number, rpcCode: number];
}

/** What MCP hosts and A2A hosts refuse alike, before their protocol has a say. */
const COMMON: RefusalTable = {
  ERR_BATCH: [400, RPC_CODES.invalidRequest],
  ERR_CONTENT_ENCODING: [415, RPC_CODES.serverError],
  ERR_CONTENT_TYPE: [415, RPC_CODES.serverError],
  ERR_DRAINING: [503, RPC_CODES.serverError],
  ERR_MESSAGE_SYNTAX: [400, RPC_CODES.parseError],
  ERR_MESSAGE_TOO_LARGE: [413, RPC_CODES.serverError],
  ERR_NOT_FOUND: [404, RPC_CODES.serverError],
  ERR_ORIGIN: [403, RPC_CODES.serverError],
  ERR_TOKEN_KEYS_UNAVAILABLE: [503, RPC_CODES.serverError],
};

/** An answer of a host itself: the code of the problem, and what a caller may know of it. */
export interface HostRefusal {
  readonly status: number;
  readonly code: string;
  readonly rpcCode: number;
  readonly message: string;
}

/** How an error is answered: by the host's `own` table or what all hosts share; other errors of tokens with 401, the rest with 500 and nothing of what they say. */
export function hostRefusal(error: unknown, own: RefusalTable): HostRefusal {
  const problem: Problem | undefined = error instanceof Problem ? error : undefined;
  const code = problem?.code ?? "ERR_INTERNAL";
  const [status, rpcCode] =
    own[code] ??
    COMMON[code] ??
    (code.startsWith("ERR_TOKEN_") ? [401, RPC_CODES.serverError] : [500, RPC_CODES.internalError]);
  return { status, code, rpcCode, message: status === 500 ? "internal error" : (problem?.clientMessage ?? "") };
}
