import { JsonRpcTransportHandler } from "@a2a-js/sdk/server";
import { hostRefusal, type RefusalTable, RPC_CODES } from "../../service-kit/host-refusal.ts";

const OWN: RefusalTable = {
  ERR_AGENT_BUSY: [429, RPC_CODES.serverError],
  ERR_HTTP_METHOD: [405, RPC_CODES.serverError],
  ERR_REQUEST_INVALID: [400, RPC_CODES.invalidRequest],
  ERR_TENANT_MISMATCH: [403, RPC_CODES.serverError],
  ERR_TOKEN_SCOPE: [403, RPC_CODES.serverError],
};

/** An answer that is not the protocol's own. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly body: string;
}

/** An answer of the host itself, as JSON-RPC has it; `error` tells nothing but its code and what a caller may know. */
export function refusal(error: unknown, id: unknown): Refusal {
  const { status, code, rpcCode, message } = hostRefusal(error, OWN);
  return {
    status,
    code,
    body: JSON.stringify({ jsonrpc: "2.0", id: idOf(id), error: { code: rpcCode, message, data: [{ code }] } }),
  };
}

/** The JSON-RPC error of an error of A2A, or nothing where it is another one. */
export function protocolError(error: unknown, id: unknown): object | undefined {
  const mapped = JsonRpcTransportHandler.mapToJSONRPCError(error);
  return mapped.code === RPC_CODES.internalError ? undefined : { jsonrpc: "2.0", id: idOf(id), error: mapped };
}

/** A response of the SDK without what an internal error says. */
export function published<Response extends { readonly error?: unknown }>(response: Response): Response {
  const { error } = response;
  const isInternal =
    typeof error === "object" && error !== null && "code" in error && error.code === RPC_CODES.internalError;
  return isInternal ? { ...response, error: { code: RPC_CODES.internalError, message: "internal error" } } : response;
}

function idOf(id: unknown): string | number | null {
  return typeof id === "string" || (typeof id === "number" && Number.isInteger(id)) ? id : null;
}
