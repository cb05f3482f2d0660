import { RateLimiterMemory } from "rate-limiter-flexible";
import { AUDIT_EVENT, auditLineSchema } from "../../../contracts/records/audit-line.ts";
import { interceptorCatalogueSchema } from "../../../contracts/interceptor-catalogue.ts";
import { tenantDirectory } from "../../../services/gateway-interceptor/directory.ts";
import { interceptor } from "../../../services/gateway-interceptor/interceptor.ts";
import type { Dependencies, Invocation } from "../../../services/gateway-interceptor/interceptor.ts";
import { quota } from "../../../services/gateway-interceptor/quota.ts";
import { contextSigner } from "../../../services/libraries/service-kit/tokens/context-signer.ts";
import { serviceLog } from "../../../services/libraries/service-kit/log.ts";
import { PROFILES } from "../../../services/libraries/service-kit/tokens/token-profile.ts";
import { tokenVerifier } from "../../../services/libraries/service-kit/tokens/token.ts";
import { cognitoClaims, keysOf, signingKey, signToken } from "../../support/issuer.ts";
import type { Claims } from "../../support/issuer.ts";
import { tenantKey } from "../../support/tenant-key.ts";

/** The issuer's key. */
export const issuerKey = await signingKey("pool-1");

/** The tenant's, which certifies the keys of its interceptors. */
export const contextKey = tenantKey();

const sign = contextSigner({ issuer: "urn:alicerce:interceptor:acme-corp", certify: contextKey.certify });

/** What is behind the gateway of acme-corp. */
export const catalogue = interceptorCatalogueSchema.parse({
  servers: { database: "mcp-database", files: "mcp-files" },
  tools: {
    database___query: { scope: "mcp:read", permission: "read:data", classification: "confidential" },
    database___insert: { scope: "mcp:write", permission: "write:data", classification: "confidential" },
    files___list: { scope: "mcp:read", permission: "read:data", classification: "internal" },
    files___logs: { scope: "mcp:read", permission: "read:logs", classification: "confidential" },
    x_amz_bedrock_agentcore_search: { scope: "mcp:read", permission: "read:data", classification: "internal" },
  },
  prompts: { database___explain: { scope: "mcp:read", permission: "read:data", classification: "internal" } },
  resources: {
    "db://schema/": { target: "database", scope: "mcp:read", permission: "read:data", classification: "internal" },
    "db://audit/": { target: "database", scope: "mcp:write", permission: "write:data", classification: "restricted" },
  },
  routes: {
    "GET /orders": { target: "database", scope: "mcp:read", permission: "read:data", classification: "confidential" },
  },
});

/** Acme, as the directory has it. */
export const acme = {
  tenantId: "acme-corp",
  status: "active",
  isGdpr: false,
  organizationId: "org-acme",
  roles: { developer: ["read:data", "write:data"], qa: ["read:data"] },
  kinds: { machine: ["read:data", "write:data"], consumer: ["read:data", "write:data"] },
  tier: { perHour: 1_000_000, perDay: 1_000_000, sharedBy: "caller" },
};

/** A token of a machine of acme-corp. */
export const token = (changes: Claims = {}): Promise<string> =>
  signToken(cognitoClaims("acme-corp", changes), issuerKey);

/** The interceptor of acme-corp's gateway for partners, and all that it writes. */
export function gateway(entry: unknown = acme, changes: Partial<Dependencies> = {}) {
  const lines: string[] = [];
  const logged: string[] = [];
  const intercept = interceptor({
    tenantId: "acme-corp",
    scenario: "b2b",
    firstScopes: PROFILES.cognito.firstScopes(["mcp:read", "mcp:write"]),
    scopeAtIssuer: (scope) => PROFILES.cognito.scopeAtIssuer(scope, "b2b"),
    verify: tokenVerifier({
      profile: "cognito",
      issuer: "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_acme-corp",
      clients: ["finance-agent-001"],
      scopePrefix: "b2b",
      keys: keysOf(issuerKey),
      tenantId: "acme-corp",
      scopes: ["mcp:read", "mcp:write"],
    }),
    directory: tenantDirectory(() => Promise.resolve(entry)),
    quota: quota((options) => new RateLimiterMemory(options), "b2b"),
    catalogue,
    agents: {},
    signer: { sign, servers: ["mcp-database", "mcp-files"] },
    write: (line) => void lines.push(line),
    log: serviceLog("gateway-interceptor", { write: (line) => void logged.push(line) }),
    now: Date.now,
    ...changes,
  });
  const parsed = () => lines.map((it) => JSON.parse(it) as Line);
  return {
    intercept: intercept as unknown as (event: unknown, invocation: Invocation) => Promise<Output>,
    lines,
    logged,
    audit: () =>
      parsed()
        .filter((it) => it["event_type"] === AUDIT_EVENT)
        .map((it) => auditLineSchema.parse(it)),
    metrics: () => parsed().filter((it) => "_aws" in it),
  };
}

/** A line that was written, as far as tests look into it. */
export interface Line {
  readonly client_context: Readonly<Record<string, unknown>>;
  readonly mcp_context: Readonly<Record<string, unknown>>;
  readonly [member: string]: unknown;
}

/** What an interceptor answers, as far as tests look into it: a member that is not there fails the test that reads it. */
export interface Output {
  readonly interceptorOutputVersion: string;
  readonly mcp: {
    readonly transformedGatewayRequest: { readonly headers: Record<string, string>; readonly body: Body };
    readonly transformedGatewayResponse: Answer<Body>;
  };
  readonly http: {
    readonly transformedGatewayRequest: { readonly headers: Record<string, string>; readonly body?: string };
    readonly transformedGatewayResponse: Answer<string>;
  };
}

/** An answer in place of a target's, or the target's own. */
export interface Answer<Content> {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Content;
}

/** A JSON-RPC message. */
export interface Body {
  readonly jsonrpc: string;
  readonly id: unknown;
  readonly error: { readonly code: number; readonly data: { readonly code: string; readonly requestId: string } };
  readonly result: { readonly tools: readonly { readonly name: unknown }[]; readonly [member: string]: unknown };
  readonly params: {
    readonly name: unknown;
    readonly arguments: unknown;
    readonly _meta: { readonly traceparent: string };
  };
}

/** The problem that an HTTP target's caller is told. */
export const problemOf = ({ http }: Output): unknown =>
  JSON.parse(Buffer.from(http.transformedGatewayResponse.body, "base64").toString());

/** What a refused call is answered with. */
export async function refused(event: object, its = gateway()): Promise<Answer<Body>> {
  const { mcp } = await its.intercept(event, invocation());
  if (Object.hasOwn(mcp, "transformedGatewayRequest")) throw new Error("the call was not refused");
  return mcp.transformedGatewayResponse;
}

/** How an allowed call goes on. */
export async function forwarded(event: object, its = gateway()): Promise<Output["mcp"]["transformedGatewayRequest"]> {
  const { mcp } = await its.intercept(event, invocation());
  if (Object.hasOwn(mcp, "transformedGatewayResponse")) throw new Error("the call was refused");
  return mcp.transformedGatewayRequest;
}

/** The stable code of a refusal. */
export const code = (it: Answer<Body>): string => it.body.error.data.code;

let serial = 0;

/** A call of its own, as the platform names it. */
export const invocation = (): Invocation & { readonly sourceIp: string } => ({
  requestId: `req-${serial++}`,
  sourceIp: "10.0.1.100",
  resourceMetadataUrl: "https://gateway.example.com/.well-known/oauth-protected-resource",
});

/** The event of an MCP request. */
export function mcpEvent(authorization: string | undefined, message: unknown, headers: object = {}) {
  return {
    interceptorInputVersion: "1.0",
    mcp: {
      rawGatewayRequest: { body: typeof message === "string" ? message : JSON.stringify(message) },
      gatewayRequest: {
        path: "/mcp",
        httpMethod: "POST",
        headers: { ...(authorization !== undefined && { authorization: `Bearer ${authorization}` }), ...headers },
        body: typeof message === "string" ? undefined : message,
      },
    },
  };
}

/** The event of what a target answered to it. */
export function mcpAnswer(request: ReturnType<typeof mcpEvent>, body: unknown, statusCode = 200) {
  return { ...request, mcp: { ...request.mcp, gatewayResponse: { statusCode, headers: {}, body } } };
}

/** A JSON-RPC request. */
export const call = (method: string, params: object = {}, id: string | number = 1): object => ({
  jsonrpc: "2.0",
  id,
  method,
  params,
});

/** A call of a tool. */
export const callTool = (name: string, id: string | number = 1): object =>
  call("tools/call", { name, arguments: { secret: "payload-4711" } }, id);
