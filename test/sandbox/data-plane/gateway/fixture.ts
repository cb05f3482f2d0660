import { cedarPolicies } from "../../../../components/gateway/cedar-policies.ts";
import { interceptorCatalogueSchema } from "../../../../contracts/interceptor-catalogue.ts";
import type { Dependencies, Interceptor } from "../../../../services/gateway-interceptor/interceptor.ts";
import { createMcpHost } from "../../../../services/libraries/mcp-host/host.ts";
import { contextTokenVerifier } from "../../../../services/libraries/service-kit/tokens/context-token.ts";
import { CONTEXT_HEADER } from "../../../../contracts/headers.ts";
import {
  assemble,
  startGateway,
  type Gateway,
  type GatewayOptions,
} from "../../../../sandbox/data-plane/gateway/gateway.ts";
import {
  acme,
  contextKey,
  gateway as interceptorOf,
  issuerKey,
  token,
} from "../../../services/gateway-interceptor/fixture.ts";
import { modern, post, type Answer } from "../../../services/libraries/mcp-host/calls.ts";
import type { SigningKey } from "../../../support/issuer.ts";
import { database, files, type Traces } from "./servers.ts";
import { listen, type Listening } from "./spy.ts";

const READ = { scope: "mcp:read", permission: "read:data", classification: "internal" } as const;
const WRITE = { scope: "mcp:write", permission: "write:data", classification: "confidential" } as const;

/** What is offered behind the gateway; "unoffered" is not. */
export const catalogue = interceptorCatalogueSchema.parse({
  servers: { database: "mcp-database", files: "mcp-files", spy: "mcp-spy" },
  tools: {
    ...Object.fromEntries(["query", "whoami", "huge", "hang", "report"].map((it) => [`database___${it}`, READ])),
    database___insert: WRITE,
    files___list: READ,
    spy___look: READ,
    spy___ever: READ,
    x_amz_bedrock_agentcore_search: READ,
  },
  prompts: { database___explain: READ },
  resources: { "db://schema/": { target: "database", ...READ }, "docs://readme/text": { target: "files", ...READ } },
});

/** What an allow-list of ours holds. */
export const CONTEXT_HEADERS = Object.values(CONTEXT_HEADER);

const ISSUER = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_acme-corp";
const ARN = "arn:aws:bedrock-agentcore:eu-west-1:111122223333:gateway/acme-corp-b2b-a1b2c3d4e5";

/** An issuer by its discovery document and its keys. */
export function issuer(name: string, ...keys: readonly SigningKey[]): Promise<Listening> {
  return listen(({ url, headers }, response) => {
    const body =
      url === "/jwks"
        ? { keys: keys.map((it) => it.publicJwk) }
        : { issuer: name, jwks_uri: `http://${headers.host ?? ""}/jwks` };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
}

/** What a gateway is put together from, with what tests look at. */
interface GatewayFixture {
  readonly options: GatewayOptions;
  readonly traces: Traces;
  readonly interception: ReturnType<typeof interceptorOf>;
  readonly logged: object[];
  readonly close: () => Promise<void>;
}

/** A gateway with all that is before and behind it. */
export type Whole = Gateway & Omit<GatewayFixture, "options" | "close">;

/** What may differ from one test's gateway to another's. */
export interface Changes {
  readonly options?: Partial<GatewayOptions>;
  readonly dependencies?: Partial<Dependencies>;
  readonly tenant?: unknown;
  /** Put around the interceptor, to see or spoil what it is told. */
  readonly around?: (interceptor: Interceptor) => Interceptor;
}

/** Starts the gateway of acme-corp for partners: real issuer, interceptor, policies, and MCP servers. */
export async function whole(changes: Changes = {}): Promise<Whole> {
  const { options, close, ...rest } = await gatewayFixture(changes);
  const gateway = await startGateway(options);
  const stop = async () => {
    await gateway.stop();
    await close();
  };
  return { ...rest, url: gateway.url, stop };
}

/** The same without its listener. */
export async function withoutListener(changes: Changes = {}) {
  const { options, close, ...rest } = await gatewayFixture(changes);
  const assembly = assemble(options);
  const stop = async () => {
    await assembly.close();
    await close();
  };
  return { ...rest, pipeline: assembly.pipeline, stop };
}

type JwtAuthorizer = GatewayOptions["authorizer"];

/** The authorizer of acme-corp for an issuer. */
export const authorizerFor = (
  origin: string,
  binding: Pick<JwtAuthorizer, "allowedAudiences" | "allowedClients"> = { allowedClients: ["finance-agent-001"] },
): JwtAuthorizer => ({
  discoveryUrl: `${origin}/.well-known/openid-configuration`,
  ...binding,
  allowedScopes: ["b2b/mcp.read", "b2b/mcp.write"],
  customClaims: [
    {
      inboundTokenClaimName: "tenant_id",
      inboundTokenClaimValueType: "STRING",
      authorizingClaimMatchValue: {
        claimMatchOperator: "EQUALS",
        claimMatchValue: { matchValueString: "acme-corp" },
      },
    },
  ],
});

/** A target that may be shown the context, and show deprecations. */
export const target = (name: string, origin: string): GatewayOptions["targets"][number] => ({
  name,
  endpoint: `${origin}/mcp`,
  allowedRequestHeaders: CONTEXT_HEADERS,
  allowedResponseHeaders: ["sunset", "warning"],
});

async function gatewayFixture({
  options,
  dependencies,
  tenant = acme,
  around = (it) => it,
}: Changes): Promise<GatewayFixture> {
  const traces: Traces = { ran: [], aborted: [] };
  const logged: object[] = [];
  const log = { warn: (it: object) => void logged.push(it), error: (it: object) => void logged.push(it) };
  const interception = interceptorOf(tenant, { catalogue, ...dependencies });
  const hosts = [database, files].map((definition) =>
    createMcpHost(definition, {
      services: traces,
      allowedHosts: ["127.0.0.1"],
      log: { warn: () => undefined, error: () => undefined },
      verifyContext: contextTokenVerifier({
        issuer: "urn:alicerce:interceptor:acme-corp",
        audience: definition.name,
        tenantId: "acme-corp",
        publicKeys: contextKey.publicKeys,
      }),
    }),
  );
  const origins = await Promise.all(hosts.map(async (it) => `http://127.0.0.1:${await it.listen(0, "127.0.0.1")}`));
  const pool = await issuer(ISSUER, issuerKey);
  const { targets = [], limits, ...others } = options ?? {};
  const close = async () => {
    await Promise.all([pool.close(), ...hosts.map((it) => it.stop())]);
  };
  const all: GatewayOptions = {
    name: "acme-corp-b2b",
    arn: ARN,
    authorizer: authorizerFor(pool.origin),
    interceptor: around(interception.intercept),
    policies: policies(Object.entries(catalogue.tools).map(([name, { scope }]) => ({ name, scope }) as never)),
    targets: [...origins.map((origin, i) => target(["database", "files"][i] ?? "", origin)), ...targets],
    limits: { callsPerSecond: 100_000, ...limits },
    log,
    refused: () => undefined,
    firstScopes: ["b2b/mcp.read"],
    ...others,
  };
  return { options: all, traces, interception, logged, close };
}

/** The statements for the gateway of acme-corp. */
export function policies(tools: Parameters<typeof cedarPolicies>[0]["tools"]) {
  const args = { tenant: "acme-corp", tools, scopePrefix: "b2b" };
  return cedarPolicies(args).map(({ name, statement }) => ({ name, statement: statement(ARN) }));
}

/** A request of either revision, by whoever holds a token of acme-corp. */
export async function ask(
  { url }: Pick<Gateway, "url">,
  method: string,
  params: object = {},
  { headers = {}, authorization, isModern = true }: Asking = {},
): Promise<Answer> {
  const request = isModern
    ? modern(method, params)
    : { body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }), headers: {} };
  const bearer = authorization ?? `Bearer ${await token()}`;
  return post(Number(new URL(url).port), request.body, { ...request.headers, authorization: bearer, ...headers });
}

/** What a request may differ in. */
export interface Asking {
  readonly headers?: { readonly [name: string]: string | string[] };
  readonly authorization?: string;
  readonly isModern?: boolean;
}

/** Calls a tool. */
export const call = (it: Pick<Gateway, "url">, name: string, args: object = {}, asking: Asking = {}): Promise<Answer> =>
  ask(it, "tools/call", { name, arguments: args }, asking);
