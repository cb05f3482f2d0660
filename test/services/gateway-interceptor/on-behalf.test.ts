import { describe, expect, it } from "vitest";
import { AGENT_CONTEXT_SECONDS, AGENTS_AUDIENCE, gatewayAudience } from "../../../contracts/agents/identity.ts";
import { personBehind } from "../../../services/gateway-interceptor/on-behalf.ts";
import { contextSigner } from "../../../services/libraries/service-kit/tokens/context-signer.ts";
import { contextTokenVerifier } from "../../../services/libraries/service-kit/tokens/context-token.ts";
import { tokenVerifier } from "../../../services/libraries/service-kit/tokens/token.ts";
import type { CallerContext } from "../../../services/libraries/service-kit/tenant-context.ts";
import { keycloakClaims, keysOf, signToken } from "../../support/issuer.ts";
import { tenantKey } from "../../support/tenant-key.ts";
import { acme, call, callTool, code, contextKey, forwarded, gateway, invocation } from "./fixture.ts";
import { issuerKey, mcpAnswer, mcpEvent, refused, token } from "./fixture.ts";

const AGENT = "finance-agent-001";
const bffKey = tenantKey();

const directory = {
  ...acme,
  kinds: { machine: ["read:data", "write:data"], consumer: ["read:data"], partner: ["read:data", "write:data"] },
};

/** A person as the BFF of acme-corp says her to agents, and to the gateway of partners. */
const person: CallerContext = {
  tenantId: "acme-corp",
  kind: "partner",
  clientId: "bff-b2b",
  organizationId: "org-parts",
  userId: "u-ana",
  roles: [],
  permissions: ["orders:read", "customer:cus-7"],
  scopes: ["mcp:read", "mcp:write"],
};

interface Signed {
  readonly audience?: string | readonly string[];
  readonly issuer?: string;
  readonly certify?: typeof bffKey.certify;
  readonly now?: () => number;
  readonly lifetimeSeconds?: number;
}

const signed = (caller: Partial<CallerContext> = {}, { audience, ...changes }: Signed = {}): Promise<string> =>
  contextSigner({
    issuer: "bff.acme-corp",
    certify: bffKey.certify,
    lifetimeSeconds: AGENT_CONTEXT_SECONDS,
    ...changes,
  })({ ...person, ...caller }, audience ?? [AGENTS_AUDIENCE, gatewayAudience("b2b")]);

/** The gateway of acme-corp for partners, where one agent may act for partners. */
const its = (actsFor: readonly ("partner" | "consumer")[] = ["partner"], entry: object = directory) =>
  gateway(entry, {
    agents: { [AGENT]: { agentType: "integration-processor", version: "1.4.0", deploymentEnv: "production", actsFor } },
    person: personBehind(
      contextTokenVerifier({
        issuer: "bff.acme-corp",
        audience: gatewayAudience("b2b"),
        tenantId: "acme-corp",
        publicKeys: bffKey.publicKeys,
        lifetimeSeconds: AGENT_CONTEXT_SECONDS,
      }),
    ),
  });

const verify = contextTokenVerifier({
  issuer: "urn:alicerce:interceptor:acme-corp",
  audience: "mcp-database",
  tenantId: "acme-corp",
  publicKeys: contextKey.publicKeys,
});

const query = callTool("database___query");
const onBehalf = async (context: string | string[], message = query, name = "X-On-Behalf-Of") =>
  mcpEvent(await token(), message, { [name]: context });

describe("an agent that shows on whose behalf it calls", () => {
  it("is let through as the person's actor, and the server is told of both, and of the BFF that verified her", async () => {
    const { headers } = await forwarded(await onBehalf(await signed()), its());
    expect(await verify(headers["X-User-Context"]!)).toEqual({
      tenantId: "acme-corp",
      clientId: AGENT,
      organizationId: "org-parts",
      kind: "partner",
      userId: "u-ana",
      roles: [],
      permissions: ["customer:cus-7", "orders:read", "read:data", "write:data"],
      scopes: ["mcp:read", "mcp:write"],
      actors: [AGENT, "bff-b2b"],
      client: { agentType: "integration-processor", version: "1.4.0", deploymentEnv: "production" },
    });
    expect(headers["X-Org-ID"]).toBe("org-parts");
    expect(headers["X-Client-ID"]).toBe(AGENT);
  });

  it("passes nothing of the BFF's own token on to a server", async () => {
    const context = await signed();
    const request = await forwarded(await onBehalf(context), its());
    expect(JSON.stringify(request)).not.toContain(context.split(".")[2]);
  });

  it("does no more than the person may, whatever its own token holds", async () => {
    const reading = await signed({ scopes: ["mcp:read"] });
    const { headers } = await forwarded(await onBehalf(reading), its());
    expect(await verify(headers["X-User-Context"]!)).toMatchObject({
      scopes: ["mcp:read"],
      permissions: ["customer:cus-7", "orders:read", "read:data"],
    });
    const answer = await refused(await onBehalf(reading, callTool("database___insert")), its());
    expect([answer.statusCode, code(answer)]).toEqual([403, "ERR_PERMISSION_MISSING"]);
    // Another token of the agent would not help, so it is not told to ask for one.
    expect(answer.headers["WWW-Authenticate"]).toBeUndefined();
  });

  it("does no more than its own token holds, whatever the person may", async () => {
    const readOnly = await token({ scope: "b2b/mcp.read" });
    const context = { "x-on-behalf-of": await signed() };
    const { headers } = await forwarded(mcpEvent(readOnly, query, context), its());
    expect(await verify(headers["X-User-Context"]!)).toMatchObject({ scopes: ["mcp:read"] });
    expect(code(await refused(mcpEvent(readOnly, callTool("database___insert"), context), its()))).toBe(
      "ERR_SCOPE_INSUFFICIENT",
    );
  });

  it("gains none of the platform's permissions by what a BFF signs: the directory alone gives them", async () => {
    const greedy = await signed({ kind: "consumer", permissions: ["write:data", "read:logs", "orders:read-own"] });
    const { headers } = await forwarded(await onBehalf(greedy), its(["consumer"]));
    expect(await verify(headers["X-User-Context"]!)).toMatchObject({ permissions: ["orders:read-own", "read:data"] });
    expect(code(await refused(await onBehalf(greedy, callTool("files___logs")), its(["consumer"])))).toBe(
      "ERR_PERMISSION_MISSING",
    );
  });

  it("sees in lists what the person may use", async () => {
    const [at, gate] = [invocation(), its(["consumer"])];
    const request = await onBehalf(await signed({ kind: "consumer" }), call("tools/list"));
    await gate.intercept(request, at);
    const names = ["database___query", "database___insert", "files___logs"];
    const all = { jsonrpc: "2.0", id: 1, result: { tools: names.map((name) => ({ name })) } };
    const { mcp } = await gate.intercept(mcpAnswer(request, all), at);
    expect(mcp.transformedGatewayResponse.body.result.tools).toEqual([{ name: "database___query" }]);
  });

  it("is not answered what was decided for another person under the same id", async () => {
    const [at, gate] = [invocation(), its()];
    await gate.intercept(await onBehalf(await signed(), callTool("database___insert")), at);
    const second = await onBehalf(await signed({ scopes: ["mcp:read"] }), callTool("database___insert"));
    const { mcp } = await gate.intercept(second, at);
    expect(code(mcp.transformedGatewayResponse)).toBe("ERR_PERMISSION_MISSING");
  });

  it("is written down with the opaque id of the person and with what both hold", async () => {
    const gate = its();
    await refused(await onBehalf(await signed({ scopes: ["mcp:read"] }), callTool("database___insert")), gate);
    expect(gate.audit()).toMatchObject([
      {
        client_context: { agent_id: AGENT, tenant_id: "acme-corp", user_id: "u-ana" },
        security_context: { scopes: ["mcp:read"], permissions_validated: false },
      },
    ]);
  });

  it("draws on a quota of each person, so that one uses up nobody else's", async () => {
    const gate = its(["partner"], { ...directory, tier: { perHour: 1, perDay: 10, sharedBy: "caller" } });
    await forwarded(await onBehalf(await signed()), gate);
    await forwarded(await onBehalf(await signed({ userId: "u-bob" })), gate);
    expect(code(await refused(await onBehalf(await signed()), gate))).toBe("ERR_QUOTA_EXCEEDED");
  });
});

describe("a context that is not this person's, for this gateway, now", () => {
  const other = tenantKey();
  const hourAgo = () => Date.now() - 3_600_000;
  it.each<[string, () => Promise<string> | string]>([
    ["of another key", () => signed({}, { certify: other.certify })],
    [
      "of the interceptor's own key and issuer",
      () => signed({}, { certify: contextKey.certify, issuer: "urn:alicerce:interceptor:acme-corp" }),
    ],
    [
      "of the BFF of another tenant",
      () => signed({ tenantId: "other" }, { certify: other.certify, issuer: "bff.other" }),
    ],
    ["that names another tenant", () => signed({ tenantId: "other" })],
    ["for agents alone", () => signed({}, { audience: AGENTS_AUDIENCE })],
    ["for the gateway of consumers", () => signed({}, { audience: [AGENTS_AUDIENCE, gatewayAudience("b2c")] })],
    ["for an MCP server", () => signed({}, { audience: "mcp-database" })],
    ["that has expired", () => signed({}, { now: hourAgo })],
    ["that was signed for a day", () => signed({}, { lifetimeSeconds: 86_400, now: hourAgo })],
    ["of a consumer, for whom this agent does not act", () => signed({ kind: "consumer" })],
    ["of a machine", () => signed({ kind: "machine" })],
    ["of a developer", () => signed({ kind: "developer" })],
    ["of a partner without an organisation", () => signed({ organizationId: undefined as never })],
    ["without a kind", () => signed({ kind: undefined as never })],
    ["that is somebody's access token", () => token()],
    ["without a signature", async () => (await signed()).replace(/\.[^.]+$/, ".")],
    ["with a changed claim", async () => changedClaim(await signed())],
    ["that says it needs no signature", async () => unsigned(await signed())],
    ["that is empty", () => ""],
    ["that is too large", () => "a".repeat(5_000)],
  ])("%s is refused, and never replaced by what the agent may do itself", async (_what, context) => {
    const answer = await refused(await onBehalf(await context()), its());
    expect([answer.statusCode, code(answer)]).toEqual([403, "ERR_PERSON_REFUSED"]);
    expect(answer.headers["WWW-Authenticate"]).toBeUndefined();
  });

  it("is refused when it comes twice, however it is spelled", async () => {
    const context = await signed();
    expect(code(await refused(await onBehalf([context, context]), its()))).toBe("ERR_PERSON_REFUSED");
    const twice = { "x-on-behalf-of": context, "X-On-Behalf-Of": context };
    expect(code(await refused(mcpEvent(await token(), query, twice), its()))).toBe("ERR_PERSON_REFUSED");
  });

  it("is told to the log with its reason, and to the client without", async () => {
    const gate = its();
    const answer = await refused(await onBehalf(await signed({}, { now: hourAgo })), gate);
    expect(answer.body.error).toMatchObject({ message: "the context of the person is not accepted" });
    expect(gate.logged.join()).toContain("exp");
  });
});

describe("who may not act for anybody", () => {
  it("is a client of the gateway that is no agent", async () => {
    const gate = gateway(directory);
    expect(code(await refused(await onBehalf(await signed()), gate))).toBe("ERR_PERSON_REFUSED");
  });

  it("is an agent that is said to act for nobody", async () => {
    expect(code(await refused(await onBehalf(await signed()), its([])))).toBe("ERR_PERSON_REFUSED");
  });

  it("is a person herself, with a token of her own", async () => {
    const own = gateway(directory, {
      verify: tokenVerifier({
        profile: "keycloak",
        issuer: "https://keycloak.example.com/realms/acme-corp",
        audience: "https://gateway.example.com/internal",
        keys: keysOf(issuerKey),
        tenantId: "acme-corp",
        scopes: ["mcp:read", "mcp:write"],
      }),
      agents: { "ide-plugin": { agentType: "x", version: "1.0.0", deploymentEnv: "production", actsFor: ["partner"] } },
      person: () => Promise.reject(new Error("nobody is asked")),
    });
    const user_context = { roles: ["developer"] };
    const bearer = await signToken(keycloakClaims("acme-corp", { scope: "mcp:read", user_context }), issuerKey);
    const event = mcpEvent(bearer, query, { "X-On-Behalf-Of": await signed() });
    expect(code(await refused(event, own))).toBe("ERR_PERSON_REFUSED");
  });
});

it("an agent that acts for nobody may do what the directory lets agents do by themselves, and no more", async () => {
  const alone = (agents: readonly string[] | undefined) => its(["partner"], { ...directory, agents });
  expect(code(await refused(mcpEvent(await token(), query), alone(undefined)))).toBe("ERR_PERMISSION_MISSING");
  expect(code(await refused(mcpEvent(await token(), callTool("database___insert")), alone(["read:data"])))).toBe(
    "ERR_PERMISSION_MISSING",
  );
  const { headers } = await forwarded(mcpEvent(await token(), query), alone(["read:data"]));
  expect(await verify(headers["X-User-Context"]!)).toMatchObject({ kind: "machine", permissions: ["read:data"] });
});

function changedClaim(token: string): string {
  const [header = "", claims = "", signature = ""] = token.split(".");
  const said = JSON.parse(Buffer.from(claims, "base64url").toString()) as object;
  return [header, encoded({ ...said, organization_id: "org-other" }), signature].join(".");
}

function unsigned(token: string): string {
  const [header = "", claims = ""] = token.split(".");
  const said = JSON.parse(Buffer.from(header, "base64url").toString()) as object;
  return [encoded({ ...said, alg: "none" }), claims, ""].join(".");
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
