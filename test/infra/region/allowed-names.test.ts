import { describe, expect, it } from "vitest";
import { resourceOf } from "../plans.ts";

const LIST = "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList";
const RULE = "aws:route53/resolverFirewallRule:ResolverFirewallRule";

const allowedIn = (address: string): readonly string[] =>
  resourceOf(address, LIST, "name-firewall-allowed").inputs["domains"] as string[];

describe("the names that a region's VPC may ask for", () => {
  it("are AWS's there, the environment's, and those of the tenants in the region", () => {
    const allowed = allowedIn("staging.eu-west-1");
    expect(allowed).toEqual(
      expect.arrayContaining([
        "*.dkr.ecr.eu-west-1.amazonaws.com",
        "*.gateway.bedrock-agentcore.eu-west-1.amazonaws.com",
        "*.s3.eu-west-1.amazonaws.com",
        "*.dynamodb.eu-west-1.vpce.amazonaws.com",
        "*.eu-west-1.compute.internal",
        "*.staging.agents.example.com",
        "eks-auth.eu-west-1.api.aws",
        "alicerce-staging-xyz-gmbh-222233334444.auth.eu-west-1.amazoncognito.com",
        "hooks.partner.example.com",
      ]),
    );
    expect(allowed.length).toBe(new Set(allowed).size);
  });

  it.each(["production.us-east-1", "production.sa-east-1"])("are of no other region in %s", (address) => {
    const [, region = ""] = address.split(".");
    const ofAws = allowedIn(address).filter((it) => /\.(?:amazonaws|amazoncognito)\.com$|\.aws$/.test(it));
    expect(ofAws.filter((it) => !it.includes(region))).toEqual([]);
  });

  it("are in lists that are far below what one list may hold", () => {
    expect(allowedIn("production.us-east-1").length).toBeLessThan(1_000);
  });

  it("come first, wherever they lead on to, and all others do not exist", () => {
    const rules = ["allowed", "others"].map(
      (it) => resourceOf("staging.eu-west-1", RULE, `name-firewall-${it}`).inputs,
    );
    expect(rules).toMatchObject([
      { action: "ALLOW", firewallDomainRedirectionAction: "TRUST_REDIRECTION_DOMAIN", priority: 100 },
      { action: "BLOCK", blockResponse: "NXDOMAIN", priority: 200 },
    ]);
    expect(resourceOf("staging.eu-west-1", LIST, "name-firewall-others").inputs["domains"]).toEqual(["*"]);
  });
});
