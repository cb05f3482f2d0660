import type { ContextSigner } from "../../libraries/service-kit/tokens/context-signer.ts";
import { CONTEXT_HEADER } from "../../../contracts/headers.ts";
import type { TenantContext } from "../../libraries/service-kit/tenant-context.ts";
import type { Trace } from "../../libraries/service-kit/trace.ts";
import type { Access } from "../catalogue.ts";
import { isRecord } from "../../../contracts/json.ts";
import type { HeaderFields } from "./event.ts";
import type { Message } from "./message.ts";

/** With what contexts are signed, and who all may be meant by them. */
export interface Signer {
  readonly sign: ContextSigner;
  /** Names of all MCP servers behind the gateway. */
  readonly servers: readonly string[];
}

const letters = (name: string): string =>
  decodedName(name)
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^a-z]/g, "");

function decodedName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

const CONTEXT_NAMES = new Set(Object.values(CONTEXT_HEADER).map(letters));
const CONTEXT_EXACTLY = new Set(Object.values(CONTEXT_HEADER).map((it) => it.toLowerCase()));

/** What a gateway can forward at all: other names are in no list of allowed headers. */
const FORWARDABLE = /^[a-zA-Z0-9_-]{1,100}$/;

/**
 * The headers of a call that is allowed: all that carry the context, written anew, and empty what the caller sent under
 * names that a careless server could take for theirs (`x_tenant_id`). A gateway merges them over the caller's.
 */
export async function contextHeaders(
  context: TenantContext,
  { server }: Access,
  trace: Trace,
  callers: HeaderFields,
  { sign, servers }: Signer,
): Promise<Readonly<Record<string, string>>> {
  // A call that is about no server in particular may only read there: its token is good at all of them.
  const scopes = context.scopes.filter((it) => server !== undefined || it.endsWith(":read"));
  const { requestId, correlationId, ...caller } = context;
  const token = await sign({ ...caller, scopes }, server ?? servers);
  return {
    ...lookalikes(callers),
    [CONTEXT_HEADER.clientId]: context.clientId,
    [CONTEXT_HEADER.tenantId]: context.tenantId,
    [CONTEXT_HEADER.userContext]: token,
    [CONTEXT_HEADER.organizationId]: context.organizationId ?? "",
    [CONTEXT_HEADER.requestId]: requestId,
    [CONTEXT_HEADER.correlationId]: correlationId,
    traceparent: trace.traceparent,
  };
}

function lookalikes(callers: HeaderFields): Readonly<Record<string, string>> {
  const names = Object.keys(callers).filter(
    (it) => FORWARDABLE.test(it) && !CONTEXT_EXACTLY.has(it.toLowerCase()) && CONTEXT_NAMES.has(letters(it)),
  );
  return Object.fromEntries(names.map((it) => [it, ""]));
}

/** The body as it goes on: what was checked, with the trace where the protocol has it. */
export function forwardedBody({ body, params, method }: Message, { traceparent }: Trace): object {
  if (method === "response") return body;
  const meta = isRecord(params["_meta"]) ? params["_meta"] : {};
  return { ...body, params: { ...params, _meta: { ...meta, traceparent } } };
}
