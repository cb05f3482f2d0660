import { describe, expect, it } from "vitest";
import { contextTokenVerifier } from "../../../services/libraries/service-kit/tokens/context-token.ts";
import { cognitoClaims, signingKey, signToken } from "../../support/issuer.ts";
import { acme, call, callTool, code, contextKey, forwarded, gateway, mcpEvent, refused, token } from "./fixture.ts";

const verifier = (audience: string) =>
  contextTokenVerifier({
    issuer: "urn:alicerce:interceptor:acme-corp",
    audience,
    tenantId: "acme-corp",
    publicKeys: contextKey.publicKeys,
  });

describe("a call that is allowed", () => {
  it("goes on with six headers written anew, a context token for its server, and no Authorization", async () => {
    const event = mcpEvent(await token(), callTool("database___query"));
    const { headers, body } = await forwarded(event);
    expect(headers).toMatchObject({
      "X-Client-ID": "finance-agent-001",
      "X-Tenant-ID": "acme-corp",
      "X-Org-ID": "org-acme",
    });
    expect(Object.keys(headers).map((it) => it.toLowerCase())).not.toContain("authorization");
    expect(await verifier("mcp-database")(headers["X-User-Context"] ?? "")).toEqual({
      tenantId: "acme-corp",
      clientId: "finance-agent-001",
      organizationId: "org-acme",
      kind: "machine",
      roles: [],
      permissions: ["read:data", "write:data"],
      scopes: ["mcp:read", "mcp:write"],
    });
    await expect(verifier("mcp-files")(headers["X-User-Context"] ?? "")).rejects.toHaveProperty(
      "code",
      "ERR_TOKEN_AUDIENCE",
    );
    expect(body.params.arguments).toEqual({ secret: "payload-4711" });
    expect(body.params._meta.traceparent).toBe(headers["traceparent"]);
  });

  it("keeps nothing of the caller's context headers, in whatever case or spelling", async () => {
    const forged = {
      "X-TENANT-ID": "xyz-gmbh",
      "x-org-id": "evil",
      "X-uSeR-context": "evil",
      x_tenant_id: "xyz-gmbh",
      "X--Client--ID": "evil",
    };
    const { headers } = await forwarded(
      mcpEvent(await token(), call("tools/list"), { ...forged, "x-request-id": "evil" }),
    );
    expect(Object.values(headers).filter((it) => /evil|xyz/.test(it))).toEqual([]);
    expect(headers).toMatchObject({ x_tenant_id: "", "X--Client--ID": "" });
  });

  it("carries the caller's trace on, from the message before the header", async () => {
    const ofHeader = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    const ofMeta = "00-1af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    const its = await token();
    const first = await forwarded(mcpEvent(its, call("ping"), { TraceParent: ofHeader }));
    expect(first.headers["traceparent"]).toBe(ofHeader);
    const event = mcpEvent(its, call("ping", { _meta: { traceparent: ofMeta } }), { traceparent: ofHeader });
    expect((await forwarded(event)).headers).toMatchObject({
      traceparent: ofMeta,
      "X-Correlation-ID": ofMeta.slice(3, 35),
    });
  });

  it("that names no server may only read, at any of them", async () => {
    const { headers } = await forwarded(mcpEvent(await token(), call("tools/list")));
    expect((await verifier("mcp-files")(headers["X-User-Context"] ?? "")).scopes).toEqual(["mcp:read"]);
  });
});

describe("a call is refused", () => {
  it("without a token, by a challenge without an error", async () => {
    const it = await refused(mcpEvent(undefined, callTool("database___query", "a")));
    expect(it.statusCode).toBe(401);
    expect(it.headers["WWW-Authenticate"]).toBe(
      'Bearer resource_metadata="https://gateway.example.com/.well-known/oauth-protected-resource", scope="b2b/mcp.read"',
    );
    expect(it.body).toMatchObject({ jsonrpc: "2.0", id: "a", error: { code: -32001 } });
  });

  it("with an expired token", async () => {
    const it = await refused(mcpEvent(await token({ exp: 1_700_000_000 }), callTool("database___query")));
    expect([it.statusCode, code(it)]).toEqual([401, "ERR_TOKEN_EXPIRED"]);
    expect(it.headers["WWW-Authenticate"]).toContain('error="invalid_token"');
  });

  it("with two tokens", async () => {
    const its = await token();
    const it = await refused(mcpEvent(its, call("ping"), { Authorization: `Bearer ${its}` }));
    expect([it.statusCode, code(it)]).toEqual([401, "ERR_TOKEN_MALFORMED"]);
  });

  it("without the scope of the tool, which the challenge names", async () => {
    const it = await refused(mcpEvent(await token({ scope: "b2b/mcp.read" }), callTool("database___insert", 7)));
    expect(it).toMatchObject({
      statusCode: 403,
      body: { id: 7, error: { code: -32003, data: { code: "ERR_SCOPE_INSUFFICIENT" } } },
    });
    expect(it.headers["WWW-Authenticate"]).toContain('scope="b2b/mcp.write", error="insufficient_scope"');
  });

  it.each([
    [call("tools/call", { name: "database___drop" })],
    [call("tools/call", { name: "toString" })],
    [call("tools/call", { name: "__proto__" })],
    [call("tools/call", { name: ["database___query"] })],
    [call("tools/call")],
    [call("prompts/get", { name: "database___query" })],
    [call("resources/read", { uri: "db://schema/../audit/log" })],
    [call("resources/read", { uri: "db://schema/%2e%2e/audit" })],
    [call("resources/read", { uri: "file:///etc/passwd" })],
    [call("completion/complete", { ref: { type: "ref/resource", uri: "db://other/" } })],
  ])("for what is not in the catalogue: %j", async (message) => {
    const its = await token();
    const [old, modern] = [await refused(mcpEvent(its, message)), code(await refused(mcpEvent(its, message)))];
    expect([old.statusCode, old.body.error.code, modern]).toEqual([200, -32602, "ERR_TARGET_UNKNOWN"]);
  });

  it("for a resource that only writers may read", async () => {
    const it = await refused(
      mcpEvent(await token({ scope: "b2b/mcp.read" }), call("resources/read", { uri: "db://audit/1" })),
    );
    expect(it.statusCode).toBe(403);
  });

  it("with an unknown method: in the body for sessions, by status for later versions", async () => {
    const its = await token();
    const modern = { "MCP-Protocol-Version": "2026-07-28", "Mcp-Method": "tools/steal" };
    expect((await refused(mcpEvent(its, call("tools/steal")))).statusCode).toBe(200);
    expect(await refused(mcpEvent(its, call("tools/steal"), modern))).toMatchObject({
      statusCode: 404,
      body: { error: { code: -32601 } },
    });
  });

  it.each<[string, unknown, string]>([
    ["of a suspended tenant", { ...acme, status: "suspended" }, "ERR_TENANT_SUSPENDED"],
    ["of an unknown tenant", undefined, "ERR_TENANT_UNKNOWN"],
    ["if the directory answers with another tenant", { ...acme, tenantId: "xyz-gmbh" }, "ERR_TENANT_UNKNOWN"],
    ["if the directory answers nonsense", { tenantId: "acme-corp" }, "ERR_DIRECTORY_UNAVAILABLE"],
  ])("%s", async (_, entry, expected) => {
    expect(code(await refused(mcpEvent(await token(), call("ping")), gateway(entry ?? null)))).toBe(
      entry === undefined ? "ERR_DIRECTORY_UNAVAILABLE" : expected,
    );
  });

  it("at a gateway whose own tenant is another", async () => {
    const its = gateway(acme, { tenantId: "xyz-gmbh" });
    expect(code(await refused(mcpEvent(await token(), call("ping")), its))).toBe("ERR_TOKEN_TENANT");
  });
});

it("A token of another key pair is refused before anything else is read", async () => {
  const stranger = await signingKey("pool-1");
  const forged = await signToken(cognitoClaims("acme-corp"), stranger);
  expect(code(await refused(mcpEvent(forged, callTool("database___query"))))).toBe("ERR_TOKEN_SIGNATURE");
});
