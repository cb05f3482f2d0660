import { describe, expect, it } from "vitest";
import { resourceOf, resourcesOfType, XYZ } from "../plans.ts";

const ACL = "aws:wafv2/webAcl:WebAcl";

interface PlannedRule {
  readonly name: string;
  readonly statement: { readonly [statement: string]: { readonly [key: string]: unknown } | undefined };
}

const rulesOf = (name: string): readonly PlannedRule[] =>
  resourceOf("production.eu-west-1", ACL, name).inputs["rules"] as readonly PlannedRule[];

/** Whether the rule's regular expression finds a path; as AWS WAF reads it, decoded and in lower case. */
function finds(rule: PlannedRule, path: string): boolean {
  const text = JSON.stringify(rule.statement);
  const [, regex = '"(?!)"'] = /"regexString":("(?:[^"\\]|\\.)*")/.exec(text) ?? [];
  return new RegExp(JSON.parse(regex) as string).test(path);
}

describe("the web ACLs of a region", () => {
  it("stand before the gateways and the pool of a tenant", () => {
    const associations = resourcesOfType(XYZ, "aws:wafv2/webAclAssociation:WebAclAssociation");
    expect(associations.map((it) => `${it.name} ${String(it.inputs["webAclArn"]).split("/")[2]}`).toSorted()).toEqual([
      "gateway-b2b alicerce-gateways",
      "gateway-internal alicerce-gateways",
      "pool alicerce-identity",
    ]);
  });

  it.each([
    ["inner", "/admin/master/console"],
    ["inner", "/admin"],
    ["inner", "/realms/master/account"],
    ["inner", "/metrics"],
    ["inner", "/realms/xyz-gmbh;x=/account"],
    ["registrations", "/realms/xyz-gmbh/clients-registrations/openid-connect"],
    ["tokens", "/realms/xyz-gmbh/protocol/openid-connect/token"],
    ["tokens", "/realms/xyz-gmbh/login-actions/authenticate"],
    ["tokens", "/oauth2/token"],
  ])("know %s by %s", (name, path) => {
    const rules = rulesOf("identity").filter((it) => ["inner", "registrations", "tokens"].includes(it.name));
    expect(rules.filter((it) => finds(it, path)).map((it) => it.name)).toEqual([name]);
  });

  it.each(["/realms/xyz-gmbh/account", "/resources/abc/login/style.css", "/realms/masters/account", "/robots.txt"])(
    "leave %s alone",
    (path) => {
      const rules = rulesOf("identity").filter((it) => ["inner", "registrations", "tokens"].includes(it.name));
      expect(rules.filter((it) => finds(it, path))).toEqual([]);
    },
  );

  it("let a client name a redirect to its own machine where redirects are named, and nowhere else", () => {
    const loopback = rulesOf("identity").find((it) => it.name === "loopback")!;
    expect(finds(loopback, "/realms/xyz-gmbh/protocol/openid-connect/auth")).toBe(true);
    expect(finds(loopback, "/realms/xyz-gmbh/clients-registrations/openid-connect")).toBe(true);
    expect(finds(loopback, "/realms/xyz-gmbh/account")).toBe(false);
    const common = rulesOf("identity").find((it) => it.name === "AWSManagedRulesCommonRuleSet")!;
    const counted = common.statement["managedRuleGroupStatement"]?.["ruleActionOverrides"] as { name: string }[];
    expect(counted.map((it) => it.name)).toContain("GenericRFI_QUERYARGUMENTS");
  });
});
