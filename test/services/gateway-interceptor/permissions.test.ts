import { describe, expect, it } from "vitest";
import { permissionsOf } from "../../../services/gateway-interceptor/permissions.ts";
import { contextTokenVerifier } from "../../../services/libraries/service-kit/tokens/context-token.ts";
import { tokenVerifier } from "../../../services/libraries/service-kit/tokens/token.ts";
import { type Claims, keycloakClaims, keysOf, signToken } from "../../support/issuer.ts";
import {
  acme,
  call,
  callTool,
  code,
  contextKey,
  forwarded,
  gateway,
  invocation,
  issuerKey,
  mcpAnswer,
  mcpEvent,
  refused,
} from "./fixture.ts";

const directory = {
  ...acme,
  roles: { developer: ["read:data", "write:data"], devops: ["read:data", "read:logs"], qa: ["read:data"] },
};

/** The gateway of acme-corp for its developers. */
const internal = (entry: unknown = directory) =>
  gateway(entry, {
    scenario: "internal",
    verify: tokenVerifier({
      profile: "keycloak",
      issuer: "https://keycloak.example.com/realms/acme-corp",
      audience: "https://gateway.example.com/internal",
      keys: keysOf(issuerKey),
      tenantId: "acme-corp",
      scopes: ["mcp:read", "mcp:write"],
    }),
  });

/** The token of somebody with a role, who was granted both scopes. */
const tokenOf = (role: unknown, changes: Claims = {}): Promise<string> => {
  const user_context = { roles: [role].flat(), department: "quality" };
  return signToken(keycloakClaims("acme-corp", { scope: "mcp:read mcp:write", user_context, ...changes }), issuerKey);
};

const verify = contextTokenVerifier({
  issuer: "urn:alicerce:interceptor:acme-corp",
  audience: "mcp-files",
  tenantId: "acme-corp",
  publicKeys: contextKey.publicKeys,
});

describe("a person", () => {
  it("reaches what her role permits, and the server is told who she is and what she may do", async () => {
    const it = await forwarded(mcpEvent(await tokenOf("devops"), callTool("files___logs")), internal());
    expect(await verify(it.headers["X-User-Context"]!)).toEqual({
      tenantId: "acme-corp",
      clientId: "ide-plugin",
      organizationId: "org-acme",
      userId: "5d0ab7b0-70a5-4c2f-8e85-1e1e5aee8c22",
      kind: "developer",
      roles: ["devops"],
      department: "quality",
      permissions: ["read:data", "read:logs"],
      scopes: ["mcp:read", "mcp:write"],
    });
  });

  it.each<[string, unknown, string]>([
    ["of quality at a tool of operations", "qa", "files___logs"],
    ["of operations at a tool that writes, for all that her token has the scope", "devops", "database___insert"],
    ["of a role that the directory does not know", "superuser", "files___list"],
    ["of a role that names what every object has", "constructor", "files___list"],
    ["of a role that is a kind of caller", "machine", "files___list"],
    ["whose roles are only Keycloak's own", "offline_access", "files___list"],
  ])("%s is refused, and it is written down", async (_who, role, tool) => {
    const its = internal();
    const answer = await refused(mcpEvent(await tokenOf(role), callTool(tool)), its);
    expect([answer.statusCode, code(answer)]).toEqual([403, "ERR_PERMISSION_MISSING"]);
    expect(its.audit()).toMatchObject([
      {
        decision: "refused",
        refusal_code: "ERR_PERMISSION_MISSING",
        client_context: { user_id: "5d0ab7b0-70a5-4c2f-8e85-1e1e5aee8c22" },
        mcp_context: { resource_accessed: tool },
        security_context: { permissions_validated: false, token_id: "7f0d3f8c-9d0f-4c0e-9f5b-0f9d3f2b6a11" },
      },
    ]);
  });

  it("gains nothing by permissions that her token says, nor by headers of her own", async () => {
    const user_context = { roles: ["qa"], permissions: ["read:logs", "write:data"] };
    const token = await tokenOf("qa", { user_context, permissions: ["read:logs"] });
    const headers = { "X-User-Context": await tokenOf("devops"), "x-user-roles": "devops" };
    expect(code(await refused(mcpEvent(token, callTool("files___logs"), headers), internal()))).toBe(
      "ERR_PERMISSION_MISSING",
    );
  });

  it("may do no more than her token's scopes cover, whatever her role", async () => {
    const it = await forwarded(
      mcpEvent(await tokenOf("developer", { scope: "mcp:read" }), callTool("files___list")),
      internal(),
    );
    expect(await verify(it.headers["X-User-Context"]!)).toMatchObject({ permissions: ["read:data"] });
  });

  it.each([
    ["nothing", undefined],
    ["text", "developer"],
    ["a list of everything", { roles: Array.from({ length: 500 }, (_, i) => `role-${i}`) }],
  ])("whose token says %s of her is refused", async (_what, user_context) => {
    const answer = await refused(mcpEvent(await tokenOf("qa", { user_context }), callTool("files___list")), internal());
    expect([answer.statusCode, code(answer)]).toEqual([401, "ERR_TOKEN_CLAIM"]);
  });

  it("sees in lists what she may use", async () => {
    const its = internal();
    const at = invocation();
    const request = mcpEvent(await tokenOf("qa"), call("tools/list"));
    await its.intercept(request, at);
    const names = ["database___query", "database___insert", "files___list", "files___logs"];
    const all = { jsonrpc: "2.0", id: 1, result: { tools: names.map((name) => ({ name })) } };
    const { mcp } = await its.intercept(mcpAnswer(request, all), at);
    expect(mcp.transformedGatewayResponse.body.result.tools).toEqual([
      { name: "database___query" },
      { name: "files___list" },
    ]);
  });

  it("may do nothing where the directory says nothing of roles", async () => {
    const token = await tokenOf("developer");
    const entry = { ...directory, roles: undefined };
    expect(code(await refused(mcpEvent(token, callTool("files___list")), internal(entry)))).toBe(
      "ERR_PERMISSION_MISSING",
    );
  });
});

it("resolves permissions of several roles together, and of machines by their kind", () => {
  const scopes = ["mcp:read", "mcp:write"];
  const both = permissionsOf({ userId: "u", roles: ["qa", "devops"], scopes }, directory);
  expect(both).toEqual(["read:data", "read:logs"]);
  expect(permissionsOf({ roles: ["devops"], scopes }, { ...directory, kinds: { machine: ["write:data"] } })).toEqual([
    "write:data",
  ]);
  expect(permissionsOf({ scopes }, { roles: directory.roles, kinds: {} })).toEqual([]);
});
