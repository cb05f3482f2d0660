import type { JSONRPCRequest } from "@modelcontextprotocol/server";
import { isRecord } from "../../../contracts/json.ts";
import type { Caller } from "./authorizer.ts";
import { GatewayProblem } from "./gateway-problem.ts";
import type { Headers } from "./targets/target-headers.ts";
import type { TargetRequest } from "./targets/target.ts";

/** A request on its way through the gateway, as the interceptor left it. */
export interface Call {
  readonly caller: Caller;
  readonly id: JSONRPCRequest["id"];
  readonly method: string;
  readonly params: { readonly [member: string]: unknown };
  readonly isModern: boolean;
  /** What targets may be shown of the client's and the interceptor's headers. */
  readonly headers: Headers;
  readonly signal: AbortSignal;
}

/** What an interceptor may change of a request is what it asks for: who asked, and for which answer, it may not. */
export function interceptedMessage(body: unknown, original: JSONRPCRequest): Pick<Call, "id" | "method" | "params"> {
  const { id, method, params = {} } = isRecord(body) ? body : {};
  if (id === original.id && typeof method === "string" && isRecord(params)) return { id: original.id, method, params };
  throw new GatewayProblem("ERR_INTERCEPTOR", "the interceptor's request is not the client's");
}

/** The request for a target that a call makes, if `changes` is all that differs. */
export function targetRequest(
  call: Call,
  changes: Partial<Pick<TargetRequest, "method" | "params">> = {},
): TargetRequest {
  const { id, method, params, isModern, headers, signal } = call;
  return { id, method, params, isModern, headers, signal, ...changes };
}

/** A result of the gateway's own. */
export function ownResult({ id, isModern }: Call, result: object): object {
  return { jsonrpc: "2.0", id, result: isModern ? { resultType: "complete", ...result } : result };
}

/** A name that a call gives; anything but text is no name of anything. */
export function nameIn(params: Call["params"], member = "name"): string {
  const name = params[member];
  if (typeof name === "string") return name;
  throw new GatewayProblem("ERR_NAME_UNKNOWN", `${member} must be text`);
}
