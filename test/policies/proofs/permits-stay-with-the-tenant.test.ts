import { describe, expect, it } from "vitest";
import { cedarPolicies } from "../../../components/gateway/cedar-policies.ts";
import { UNKNOWN } from "../../../plan/model.ts";
import { permitsStayWithTheTenant } from "../../../policies/proofs/permits-stay-with-the-tenant.ts";
import { forbid, gatewayArn, gatewayWith, permit, policy, tag } from "./cedar/gateways.ts";
import { ACME, NEIGHBOUR, planIn, verdictOf, waysOf } from "./platforms.ts";

const OWN = tag("tenant_id", "acme-corp");
const ONLY_TENANT = forbid("g", `unless { ${OWN} }`);
const FORBIDS = '"g" must ask an engine that forbids everybody everything unless tenant_id is "acme-corp"';
const all = (...statements: readonly unknown[]): readonly string[] =>
  waysOf(verdictOf(permitsStayWithTheTenant, planIn(ACME, ...gatewayWith("g", ...statements))));
/** What is found of permits. */
const found = (...statements: readonly unknown[]): readonly string[] =>
  all(...statements).filter((it) => !it.startsWith(FORBIDS));

describe("a permit for callers of other tenants is found", () => {
  it.each<[string, readonly string[]]>([
    ["without any condition", [permit("g", "action", "")]],
    ["of another tenant", [permit("g", "action", `when { ${tag("tenant_id", "neighbour")} }`)]],
    ["of either tenant", [permit("g", "action", `when { ${OWN} || ${tag("tenant_id", "neighbour")} }`)]],
    ["of every tenant but its own", [permit("g", "action", `unless { ${OWN} }`)]],
    ["of tenants with such a name", [permit("g", "action", 'when { principal.getTag("tenant_id") like "acme*" }')]],
    ["by another tag", [permit("g", "action", `when { ${tag("tenant", "acme-corp")} }`)]],
    [
      "that a forbid does not cover: of another tenant",
      [permit("g", "action", ""), forbid("g", `unless { ${tag("tenant_id", "x")} }`)],
    ],
    [
      "that a forbid does not cover: with another way out",
      [permit("g", "action", ""), forbid("g", `unless { ${OWN} || ${tag("a", "b")} }`)],
    ],
    [
      "that a forbid does not cover: only sometimes",
      [permit("g", "action", ""), forbid("g", `when { ${tag("a", "b")} } unless { ${OWN} }`)],
    ],
    [
      "that a forbid does not cover: of one tool",
      [permit("g", "action", ""), ONLY_TENANT.replace("action,", 'action == AgentCore::Action::"a",')],
    ],
    ["that a forbid does not cover: of another gateway", [permit("g", "action", ""), forbid("h", `unless { ${OWN} }`)]],
    [
      "that a forbid does not cover: of other principals",
      [permit("g", "action", "").replace("principal is AgentCore::OAuthUser", "principal"), ONLY_TENANT],
    ],
  ])("%s", (_, statements) => {
    expect(found(...statements).map((it) => it.split("\n")[0])).toEqual([
      '"g-1" must permit callers of tenant "acme-corp" only.',
    ]);
  });

  it("on another gateway, on several, and on any", () => {
    const own = `when { ${OWN} }`;
    expect(found(permit("h", "action", own))[0]).toContain(`It permits on ${gatewayArn("h")}.`);
    expect(found(permit("g", "action", own).replace(/resource == [^)]*/, "resource"))[0]).toContain(
      "It permits on any resource.",
    );
    expect(
      found(permit("g", "action", own).replace(/resource == [^)]*/, "resource is AgentCore::Gateway")),
    ).toHaveLength(1);
  });

  it("that leaves everything open, whatever a forbid says", () => {
    expect(
      found(
        "permit(principal, action, resource);",
        ONLY_TENANT.replace("principal is AgentCore::OAuthUser", "principal"),
      )[0],
    ).toContain('"g-1" must not permit everybody everything.');
  });

  it("by an engine, or a policy, of another tenant", () => {
    const [engine, gateway, ...policies] = gatewayWith("g", permit("g", "action", `when { ${OWN} }`), ONLY_TENANT);
    const apart = verdictOf(permitsStayWithTheTenant, planIn(ACME, gateway!, ...policies), planIn(NEIGHBOUR, engine!));
    expect(waysOf(apart)).toEqual(['"g" must ask a policy engine of tenant "acme-corp", which its stacks declare.']);
    const foreign = policy("foreign", "g-engine", permit("g", "action", `when { ${OWN} }`));
    const both = planIn(ACME, engine!, gateway!, ...policies);
    expect(waysOf(verdictOf(permitsStayWithTheTenant, both, planIn(NEIGHBOUR, foreign)))[0]).toContain(
      '"foreign" must be declared by tenant "acme-corp", for whose gateway it decides.',
    );
  });
});

describe("an engine that does not forbid others everything is found, whatever its permits demand:", () => {
  const own = permit("g", "action", `when { ${OWN} }`);

  it.each<[string, readonly string[]]>([
    ["with permits alone", [own]],
    ["with a forbid of another gateway", [own, forbid("h", `unless { ${OWN} }`)]],
    ["with a forbid that excepts another tenant", [own, forbid("g", `unless { ${tag("tenant_id", "neighbour")} }`)]],
    ["with a forbid that holds only sometimes", [own, forbid("g", `when { ${tag("a", "b")} } unless { ${OWN} }`)]],
    ["with a forbid of nobody who calls", [own, ONLY_TENANT.replace("AgentCore::OAuthUser", "AgentCore::IamEntity")]],
  ])("%s", (_, statements) => {
    expect(all(...statements).map((it) => it.split(":")[0])).toEqual([FORBIDS]);
  });

  it("but not one that does", () => {
    expect(all(own, ONLY_TENANT)).toEqual([]);
  });
});

it("a statement that is no Cedar, or not known yet, is never held", () => {
  expect(found("permit(principal, action", ONLY_TENANT)[0]).toContain(
    '"g-1" must hold a policy of Cedar that can be read:',
  );
  expect(found(UNKNOWN)).toEqual(['"g-1" cannot be judged before this is known: definition.cedar.statement.']);
});

it("what the platform writes holds, and permits that demand the tenant themselves", () => {
  const written = cedarPolicies({ tenant: "acme-corp", tools: [{ name: "files___read", scope: "mcp:read" }] });
  const statements = written.map((it) => it.statement(gatewayArn("g")));
  const verdict = verdictOf(
    permitsStayWithTheTenant,
    planIn(ACME, ...gatewayWith("g", ...statements)),
    planIn(NEIGHBOUR),
  );
  expect(waysOf(verdict)).toEqual([]);
  expect(verdict.enumerated).toEqual([
    { what: "policies of Cedar", count: statements.length },
    { what: "gateways", count: 1 },
    { what: "pairs of a gateway and another tenant", count: 1 },
    { what: "permits", count: statements.length - 1 },
  ]);
  expect(found(permit("g", "action", `when { ${OWN} }`))).toEqual([]);
  expect(found(permit("g", "action", ""), ONLY_TENANT)).toEqual([]);
});
