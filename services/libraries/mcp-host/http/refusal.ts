import { hostRefusal, type RefusalTable, RPC_CODES } from "../../service-kit/host-refusal.ts";

const OWN: RefusalTable = {
  ERR_HEADER_MISMATCH: [403, RPC_CODES.serverError],
  ERR_HOST: [403, RPC_CODES.serverError],
};

/** An answer of the host itself, as JSON-RPC has it; `error` tells nothing but its code and what a client may know. */
export function refusal(error: unknown): { readonly status: number; readonly code: string; readonly body: string } {
  const { status, code, rpcCode, message } = hostRefusal(error, OWN);
  return {
    status,
    code,
    body: JSON.stringify({ jsonrpc: "2.0", id: null, error: { code: rpcCode, message, data: { code } } }),
  };
}
