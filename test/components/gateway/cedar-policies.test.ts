import { statefulIsAuthorized, preparsePolicySet, validate } from "@cedar-policy/cedar-wasm/nodejs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CedarPolicyArgs, cedarPolicies, type ToolGrant } from "../../../components/gateway/cedar-policies.ts";

const ARN = "arn:aws:bedrock-agentcore:eu-west-1:111122223333:gateway/acme-corp-b2b-a1b2c3d4e5";
const tools: readonly ToolGrant[] = [
  { name: "database___query", scope: "mcp:read" },
  { name: "files___list", scope: "mcp:read" },
  { name: "database___insert", scope: "mcp:write" },
];
const cognito: CedarPolicyArgs = { tenant: "acme-corp", tools, scopePrefix: "production.eu-west-1.acme-corp.b2b" };
const keycloak: CedarPolicyArgs = { tenant: "acme-corp", tools };

const statements = (args: CedarPolicyArgs) =>
  Object.fromEntries(cedarPolicies(args).map(({ name, statement }) => [name, statement(ARN)]));

let sets = 0;

/** Asks Cedar itself, as a gateway does. */
function decider(args: CedarPolicyArgs) {
  const preparsedPolicySetId = `test ${sets++}`;
  expect(preparsePolicySet(preparsedPolicySetId, { staticPolicies: statements(args) })).toEqual({ type: "success" });
  return (tags: { [claim: string]: string }, action: string, { arn = ARN, type = "AgentCore::OAuthUser" } = {}) => {
    const principal = { type, id: "subject" };
    const answer = statefulIsAuthorized({
      principal,
      action: { type: "AgentCore::Action", id: action },
      resource: { type: "AgentCore::Gateway", id: arn },
      context: {},
      preparsedPolicySetId,
      entities: [{ uid: principal, attrs: { id: "subject" }, parents: [], tags }],
    });
    if (answer.type === "failure") throw new Error(answer.errors[0]?.message);
    expect(answer.response.diagnostics.errors).toEqual([]);
    return answer.response.decision;
  };
}

describe("what a scope permits", () => {
  const decide = decider(cognito);
  const [read, write] = ["mcp.read", "mcp.write"].map((it) => `${cognito.scopePrefix ?? ""}/${it}`) as [string, string];

  test.each<[string, string, "allow" | "deny"]>([
    ["database___query", read, "allow"],
    ["files___list", read, "allow"],
    ["database___query", `${write} ${read}`, "allow"],
    ["database___query", `${read} ${write}`, "allow"],
    ["database___query", `openid ${read} email`, "allow"],
    ["database___insert", `openid ${write}`, "allow"],
    ["database___insert", read, "deny"],
    ["database___query", write, "deny"],
    ["database___query", "", "deny"],
    ["database___query", `x${read}`, "deny"],
    ["database___query", `${read}only`, "deny"],
    ["database___query", `a${read} ${read}b`, "deny"],
    ["database___query", `other/${read}`, "deny"],
    ["database___query", "mcp:read", "deny"],
    ["database___drop", `${read} ${write}`, "deny"],
    ["constructor", `${read} ${write}`, "deny"],
  ])("%s with scope %j: %s", (action, scope, decision) =>
    expect(decide({ tenant_id: "acme-corp", scope }, action)).toBe(decision),
  );

  test("scopes are called as they are where there is no resource server", () => {
    const its = decider(keycloak);
    expect(its({ tenant_id: "acme-corp", scope: "openid mcp:read" }, "database___query")).toBe("allow");
    expect(its({ tenant_id: "acme-corp", scope: "xmcp:readonly mcp:reads" }, "database___query")).toBe("deny");
  });

  test("a token without scope or tenant permits nothing", () => {
    expect(decide({ tenant_id: "acme-corp" }, "database___query")).toBe("deny");
    expect(decide({ scope: read }, "database___query")).toBe("deny");
  });

  test("nothing is permitted at another gateway, nor to another kind of principal", () => {
    const tags = { tenant_id: "acme-corp", scope: read };
    expect(decide(tags, "database___query", { arn: ARN.replace("b2b", "b2c") })).toBe("deny");
    expect(decide(tags, "database___query", { type: "AgentCore::IamEntity" })).toBe("deny");
  });
});

describe("tenants", () => {
  test("nobody of another tenant is ever permitted anything", () => {
    const decide = decider(keycloak);
    const tenant = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 20 }),
      fc.constantFrom("acme-corp ", "Acme-corp", "acme-corp\0", "аcme-corp", "acme-corp2", "acme", "*", "acme-*", ""),
      fc.mixedCase(fc.constant("acme-corp")),
    );
    const scope = fc.oneof(fc.constantFrom("mcp:read", "mcp:read mcp:write", "*"), fc.string());
    const action = fc.oneof(fc.constantFrom(...tools.map(({ name }) => name)), fc.string());
    const others = fc.dictionary(fc.string(), fc.string(), { maxKeys: 2 });
    fc.assert(
      fc.property(tenant, scope, action, others, (tenant_id, scopes, name, more) => {
        fc.pre(tenant_id !== "acme-corp");
        expect(decide({ ...more, tenant_id, scope: scopes }, name)).toBe("deny");
      }),
      { numRuns: 2_000 },
    );
  });

  test("the forbid outvotes a permit that somebody adds", () => {
    const { only_tenant: forbid = "" } = statements(keycloak);
    const preparsedPolicySetId = "test of the forbid";
    preparsePolicySet(preparsedPolicySetId, {
      staticPolicies: { forbid, everything: "permit(principal, action, resource);" },
    });
    const decide = (tenant_id: string) =>
      statefulIsAuthorized({
        principal: { type: "AgentCore::OAuthUser", id: "subject" },
        action: { type: "AgentCore::Action", id: "files___list" },
        resource: { type: "AgentCore::Gateway", id: ARN },
        context: {},
        preparsedPolicySetId,
        entities: [
          { uid: { type: "AgentCore::OAuthUser", id: "subject" }, attrs: {}, parents: [], tags: { tenant_id } },
        ],
      });
    expect(decide("acme-corp")).toMatchObject({ response: { decision: "allow" } });
    expect(decide("xyz-gmbh")).toMatchObject({ response: { decision: "deny", diagnostics: { reason: ["forbid"] } } });
  });
});

describe("the text", () => {
  /** The schema that AgentCore generates from the tools of a gateway, as its documentation describes it. */
  const schema = (names: readonly string[]) => `namespace AgentCore {
    entity OAuthUser = { "id": String } tags String;
    entity IamEntity = { "id": String };
    entity Gateway;
    action "Mcp";
    action "CallTool" in ["Mcp"];
    ${names
      .map(
        (name) =>
          `action "${name}" in ["CallTool"] appliesTo { principal: [OAuthUser], resource: [Gateway], context: { input: {} } };`,
      )
      .join("\n")}
  }`;
  const findings = (args: CedarPolicyArgs) =>
    validate({ schema: schema(args.tools.map(({ name }) => name)), policies: { staticPolicies: statements(args) } });
  const none = { type: "success", validationErrors: [], validationWarnings: [], otherWarnings: [] };

  test.each([cognito, keycloak])("is valid against the gateway's schema, without a finding", (args) => {
    expect(findings(args)).toEqual(none);
  });

  test("is not valid where a gateway lacks a tool that it names", () => {
    const answer = validate({ schema: schema([]), policies: { staticPolicies: statements(keycloak) } });
    expect(answer).not.toMatchObject({ validationErrors: [] });
  });

  test("hundreds of tools are spread over statements within the quota, and stay in force", () => {
    const many = Array.from({ length: 600 }, (_, i): ToolGrant => ({
      name: `target-${i % 7}___${"tool".repeat(8)}-${i}`,
      scope: i % 3 === 0 ? "mcp:write" : "mcp:read",
    }));
    const args = { ...cognito, tools: many };
    const policies = cedarPolicies(args);
    expect(policies.length).toBeLessThan(20);
    for (const { name, statement } of policies) {
      expect(name).toMatch(/^[A-Za-z]\w{0,47}$/);
      expect(Buffer.byteLength(statement(`arn:${"x".repeat(290)}`))).toBeLessThanOrEqual(10_240);
    }
    expect(findings(args)).toEqual(none);
    const decide = decider(args);
    const scope = `${cognito.scopePrefix}/mcp.read`;
    const some = many.filter((_, i) => i % 20 === 0);
    const permitted = some.filter(({ name }) => decide({ tenant_id: "acme-corp", scope }, name) === "allow");
    expect(permitted).toEqual(some.filter((it) => it.scope === "mcp:read"));
  });

  test("is the same whatever the order of the tools", () => {
    expect(statements({ ...cognito, tools: tools.toReversed() })).toEqual(statements(cognito));
    expect(Object.keys(statements(cognito))).toEqual(["only_tenant", "mcp_read_1", "mcp_write_1"]);
  });

  test.each<[string, CedarPolicyArgs]>([
    ["a tenant with a quote", { ...keycloak, tenant: 'acme" || true || "' }],
    ["a tool with a quote", { ...keycloak, tools: [{ name: 'a"], resource)', scope: "mcp:read" }] }],
    ["a tool with a backslash", { ...keycloak, tools: [{ name: "a\\", scope: "mcp:read" }] }],
    ["a prefix with an asterisk", { ...keycloak, scopePrefix: "*" }],
    ["a prefix with a space", { ...keycloak, scopePrefix: "a b" }],
    ["a tool of two scopes", { ...keycloak, tools: [...tools, { name: "files___list", scope: "mcp:write" }] }],
    ["a tool as long as a statement", { ...keycloak, tools: [{ name: "x".repeat(9_800), scope: "mcp:read" }] }],
  ])("is not written for %s", (_, args) => expect(() => statements(args)).toThrow(TypeError));

  test("is not written for an ARN that would break out of it", () => {
    for (const arn of ['a") || true;//', "x".repeat(301)])
      expect(() => cedarPolicies(keycloak).map(({ statement }) => statement(arn))).toThrow(TypeError);
  });
});
