import { describe, expect, it } from "vitest";
import { NameFirewall } from "../../../components/network/name-firewall.ts";
import { Vpc } from "../../../components/network/vpc.ts";
import { planned } from "../planned.ts";

const PREFIX = "aws:route53/resolverFirewall";

describe("NameFirewall", () => {
  it("is in force only when both of its rules are there, and refuses names while it fails", async () => {
    const plan = await planned((opts) => {
      const vpc = new Vpc("vpc", { cidr: "10.7.0.0/16", zoneIds: ["euw1-az1"] }, opts);
      new NameFirewall("names", { vpcId: vpc.id, allowed: ["kms.eu-west-1.amazonaws.com"] }, opts);
    });
    const rules = ["names-allowed", "names-others"].map((it) => plan.one(`${PREFIX}Rule:ResolverFirewallRule`, it).urn);
    const association = plan.one(`${PREFIX}RuleGroupAssociation:ResolverFirewallRuleGroupAssociation`, "names");
    expect(association.dependencies).toEqual(expect.arrayContaining(rules));
    const failure = plan.inputs(`${PREFIX}Config:ResolverFirewallConfig`, "names");
    expect(failure).toMatchObject({ firewallFailOpen: "DISABLED" });
  });
});
