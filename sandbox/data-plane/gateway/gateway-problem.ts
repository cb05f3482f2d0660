import { Problem } from "../../../services/libraries/service-kit/problem.ts";

/** Why the gateway itself, and neither interceptor nor target, refuses a call; authorizer's refusals are `TokenError`s. */
export type GatewayErrorCode =
  | "ERR_BATCH"
  | "ERR_CONTENT_TYPE"
  | "ERR_HOST"
  | "ERR_HTTP_METHOD"
  | "ERR_INTERCEPTOR"
  | "ERR_INTERNAL"
  | "ERR_MESSAGE_INVALID"
  | "ERR_MESSAGE_SYNTAX"
  | "ERR_MESSAGE_TOO_LARGE"
  | "ERR_METHOD_UNKNOWN"
  | "ERR_NAME_UNKNOWN"
  | "ERR_NOT_FOUND"
  | "ERR_ORIGIN"
  | "ERR_POLICY_DENIED"
  | "ERR_PROTOCOL"
  | "ERR_SESSION_UNKNOWN"
  | "ERR_TARGET"
  | "ERR_THROTTLED";

/** What AgentCore answers is known for a policy's denial and for a runtime's failure: in a JSON-RPC error with status 200. */
const ANSWERS: { readonly [Code in GatewayErrorCode]: readonly [status: number, rpcCode: number, message: string] } = {
  ERR_BATCH: [400, -32600, "batches are not served"],
  ERR_CONTENT_TYPE: [415, -32600, "the body must be JSON, and not encoded"],
  ERR_HOST: [403, -32600, "this host is not served here"],
  ERR_HTTP_METHOD: [405, -32600, "only POST is served here"],
  ERR_INTERCEPTOR: [500, -32603, "internal error"],
  ERR_INTERNAL: [500, -32603, "internal error"],
  ERR_MESSAGE_INVALID: [400, -32600, "not a valid request"],
  ERR_MESSAGE_SYNTAX: [400, -32700, "the body is not valid JSON"],
  ERR_MESSAGE_TOO_LARGE: [413, -32600, "the body is too large"],
  ERR_METHOD_UNKNOWN: [200, -32601, "unknown method"],
  ERR_NAME_UNKNOWN: [200, -32602, "unknown tool, prompt or resource"],
  ERR_NOT_FOUND: [404, -32600, "unknown path"],
  ERR_ORIGIN: [403, -32600, "this origin may not call"],
  ERR_POLICY_DENIED: [200, -32002, "Tool Execution Denied: Tool call not allowed due to policy enforcement"],
  ERR_PROTOCOL: [400, -32600, "not a valid request"],
  ERR_SESSION_UNKNOWN: [404, -32600, "unknown session"],
  ERR_TARGET: [200, -32010, "the target failed"],
  ERR_THROTTLED: [429, -32003, "too many calls"],
};

/** How an answer differs from what its code usually gets. */
export interface AnswerChanges {
  readonly status?: number;
  readonly rpcCode?: number;
  readonly message?: string;
  /** What the protocol wants in the error's data besides the stable code. */
  readonly data?: unknown;
  readonly cause?: unknown;
}

/** A call that the gateway refuses or cannot finish, with all that its answer says; the reason is for the log. */
export class GatewayProblem extends Problem<GatewayErrorCode> {
  override readonly name = "GatewayProblem";
  readonly status: number;
  readonly rpcCode: number;
  readonly data: unknown;

  constructor(code: GatewayErrorCode, reason: string, changes: AnswerChanges = {}) {
    const [status, rpcCode, message] = ANSWERS[code];
    super(code, reason, changes.message ?? message, changes.cause === undefined ? {} : { cause: changes.cause });
    this.status = changes.status ?? status;
    this.rpcCode = changes.rpcCode ?? rpcCode;
    this.data = changes.data;
  }
}

/** What may stand as the id of a request; null where it is not known. */
export type RpcId = string | number | null;

/** The body of a problem's answer. */
export function rpcError(id: RpcId, { code, rpcCode, clientMessage, data }: GatewayProblem): object {
  const fields = typeof data === "object" && data !== null ? data : {};
  return { jsonrpc: "2.0", id, error: { code: rpcCode, message: clientMessage, data: { ...fields, code } } };
}

/** Whatever was thrown, as a problem that may be answered. */
export function gatewayProblem(thrown: unknown): GatewayProblem {
  if (thrown instanceof GatewayProblem) return thrown;
  return new GatewayProblem("ERR_INTERNAL", "the gateway failed", { cause: thrown });
}
