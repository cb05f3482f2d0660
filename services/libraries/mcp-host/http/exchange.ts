import type { ServerContext } from "@modelcontextprotocol/server";
import type { TenantContext } from "../../service-kit/tenant-context.ts";

/** What the host knows of one request, on its way through the SDK to the tool. */
export interface Exchange {
  readonly context: TenantContext;
  /** The JSON-RPC message; without one, a server with everything in it is built. */
  readonly message: unknown;
  /** Headers that the answer is to carry, whatever it will be. */
  readonly responseHeaders: [name: string, value: string][];
}

/** What the SDK passes through untouched as a request's authentication. */
export interface ExchangeAuth {
  token: string;
  clientId: string;
  scopes: string[];
  extra: { exchange: Exchange };
}

/** Carries an exchange through the SDK; the token itself is not among what is carried. */
export function authOf(exchange: Exchange): ExchangeAuth {
  const { clientId, scopes } = exchange.context;
  return { token: "", clientId, scopes: [...scopes], extra: { exchange } };
}

/** The exchange that a handler's context belongs to. */
export function exchangeOf(protocol: ServerContext): Exchange {
  return (protocol.http?.authInfo as ExchangeAuth | undefined)?.extra.exchange ?? missing();
}

function missing(): never {
  throw new TypeError("the host passes an exchange with every request");
}

/** What a message asks for: its method, and the name of the tool or prompt, or the address of the resource, if it names one. */
export interface Asked {
  readonly method?: string;
  readonly name?: string;
  readonly uri?: string;
}

/** Reads what a message asks for, whatever the message is. */
export function askedBy(message: unknown): Asked {
  const { method, params } = membersOf(message);
  const { name, uri } = membersOf(params);
  return {
    ...(typeof method === "string" && { method }),
    ...(typeof name === "string" && { name }),
    ...(typeof uri === "string" && { uri }),
  };
}

/** Whether the caller wants to hear of progress, or of logs, before the result. */
export function wantsNotifications(message: unknown): boolean {
  const meta = membersOf(membersOf(membersOf(message)["params"])["_meta"]);
  return "progressToken" in meta || "io.modelcontextprotocol/logLevel" in meta;
}

function membersOf(value: unknown): { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null ? (value as { [name: string]: unknown }) : {};
}
