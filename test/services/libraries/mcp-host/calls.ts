import { PERMISSIONS } from "../../../../contracts/identity/permissions.ts";
import { request, type IncomingHttpHeaders } from "node:http";
import { createMcpHost, type HostOptions } from "../../../../services/libraries/mcp-host/host.ts";
import type { ServerDefinition } from "../../../../services/libraries/mcp-host/definition/definition.ts";
import type { McpHost } from "../../../../services/libraries/mcp-host/http/listener.ts";
import { contextSigner } from "../../../../services/libraries/service-kit/tokens/context-signer.ts";
import { contextTokenVerifier } from "../../../../services/libraries/service-kit/tokens/context-token.ts";
import type { TenantContext } from "../../../../services/libraries/service-kit/tenant-context.ts";
import { tenantKey, type TenantKey } from "../../../support/tenant-key.ts";

const ISSUER = "https://interceptor.example.com/acme";

/** A host that listens, with what is needed to call it as its interceptor does. */
export interface Listening {
  readonly host: McpHost;
  readonly port: number;
  readonly url: URL;
  readonly logged: object[];
  /** The headers of a caller; `changes` to the context, and to what the token is signed for. */
  readonly headers: (
    changes?: Partial<TenantContext>,
    signed?: { audience?: string; key?: TenantKey },
  ) => Promise<{ [name: string]: string }>;
}

/** Starts a host on loopback that verifies real context tokens. */
export async function listening<Services>(
  definition: ServerDefinition<Services>,
  services: Services,
  options: Partial<Pick<HostOptions<Services>, "limits" | "allowedOrigins" | "log">> = {},
): Promise<Listening> {
  const key = tenantKey();
  const signer = contextSigner({ issuer: ISSUER, certify: key.certify });
  const logged: object[] = [];
  const log = {
    warn: (fields: object) => void logged.push(fields),
    error: (fields: object) => void logged.push(fields),
  };
  const verifyContext = contextTokenVerifier({
    issuer: ISSUER,
    audience: definition.name,
    tenantId: "acme",
    publicKeys: key.publicKeys,
  });
  const host = createMcpHost(definition, { services, allowedHosts: ["127.0.0.1"], log, verifyContext, ...options });
  const port = await host.listen(0, "127.0.0.1");
  const headers: Listening["headers"] = async (changes = {}, signed = {}) => {
    const context = { ...contextOf("acme"), requestId: crypto.randomUUID(), ...changes };
    const sign = signed.key === undefined ? signer : contextSigner({ issuer: ISSUER, certify: signed.key.certify });
    const token = await sign(context, signed.audience ?? definition.name);
    return {
      "x-user-context": token,
      "x-tenant-id": context.tenantId,
      "x-client-id": context.clientId,
      "x-request-id": context.requestId,
    };
  };
  return { host, port, url: new URL(`http://127.0.0.1:${port}/mcp`), logged, headers };
}

/** A caller of a tenant who may do everything. */
export const contextOf = (tenantId: string): TenantContext => ({
  tenantId,
  clientId: "agent",
  kind: "machine",
  scopes: ["mcp:read", "mcp:write"],
  permissions: PERMISSIONS,
  requestId: "r",
  correlationId: "c",
});

/** A request of revision 2026-07-28. */
export function modern(method: string, params: object = {}, meta: object = {}) {
  const _meta = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientCapabilities": {},
    ...meta,
  };
  const { name, uri } = params as { name?: string; uri?: string };
  return {
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params: { ...params, _meta } }),
    headers: {
      "mcp-protocol-version": "2026-07-28",
      "mcp-method": method,
      ...((name ?? uri) !== undefined && { "mcp-name": name ?? uri ?? "" }),
    },
  };
}

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly json: { readonly [member: string]: never } & {
    result?: { isError?: boolean; content: { text: string }[]; _meta?: object; structuredContent?: object };
    error?: { code: number; message: string; data?: { code?: string } };
  };
}

/** Posts bytes as they are. */
export function post(
  port: number,
  body: string | Buffer,
  headers: { readonly [name: string]: string | string[] },
  { method = "POST", path = "/mcp" } = {},
): Promise<Answer> {
  const fixed = { "content-type": "application/json", accept: "application/json, text/event-stream" };
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path, method, headers: { ...fixed, ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => void chunks.push(chunk)).on("error", reject);
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        const isJson = response.headers["content-type"]?.startsWith("application/json") === true;
        const json = (isJson ? JSON.parse(text) : {}) as Answer["json"];
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json });
      });
    });
    sent.on("error", reject).end(body);
  });
}

/** Calls a tool in revision 2026-07-28. */
export async function callTool(
  { port, headers }: Listening,
  name: string,
  args: object = {},
  context: Partial<TenantContext> = {},
): Promise<Answer> {
  const { body, headers: protocol } = modern("tools/call", { name, arguments: args });
  return post(port, body, { ...protocol, ...(await headers(context)) });
}
