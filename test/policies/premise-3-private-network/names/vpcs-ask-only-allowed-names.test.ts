import * as aws from "@pulumi/aws";
import type { Plan } from "../../../../plan/model.ts";
import { vpcsAskOnlyAllowedNames } from "../../../../policies/premise-3-private-network/names/vpcs-ask-only-allowed-names.ts";
import { NameFirewall } from "../../../../components/network/name-firewall.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { type Described, planOf, served } from "../../programs.ts";

const ROUTE_53 = "aws:route53/resolverFirewall";
const BLOCKS = { action: "BLOCK", blockResponse: "NXDOMAIN" };

/** A VPC of the region's stack with what names it may ask for, and a private endpoint of AWS KMS. */
function names({
  allowed = ["kms.eu-west-1.amazonaws.com"],
  others = ["*"],
  allows = {},
  blocks = BLOCKS,
  association = {},
  failure = { firewallFailOpen: "DISABLED" },
  more = [],
}: {
  readonly allowed?: readonly string[];
  readonly others?: readonly string[];
  readonly allows?: object;
  readonly blocks?: object;
  readonly association?: object;
  readonly failure?: object;
  readonly more?: readonly Described[];
} = {}): Plan {
  const plan = planOf(
    { type: "aws:ec2/vpc:Vpc", name: "vpc", inputs: {}, outputs: { id: "vpc-1" } },
    {
      type: "aws:ec2/vpcEndpoint:VpcEndpoint",
      name: "kms",
      inputs: {
        vpcId: "vpc-1",
        serviceName: "com.amazonaws.eu-west-1.kms",
        vpcEndpointType: "Interface",
        privateDnsEnabled: true,
      },
    },
    { type: `${ROUTE_53}RuleGroup:ResolverFirewallRuleGroup`, name: "names", inputs: {}, outputs: { id: "frg-1" } },
    ...ruleOf("allowed", allowed, { action: "ALLOW", priority: 100, ...allows }),
    ...ruleOf("others", others, { priority: 200, ...blocks }),
    {
      type: `${ROUTE_53}RuleGroupAssociation:ResolverFirewallRuleGroupAssociation`,
      name: "names",
      inputs: { vpcId: "vpc-1", firewallRuleGroupId: "frg-1", priority: 101, ...association },
    },
    {
      type: `${ROUTE_53}Config:ResolverFirewallConfig`,
      name: "names",
      inputs: { resourceId: "vpc-1", ...failure },
    },
    ...more,
  );
  return { ...plan, stack: "production.eu-west-1" };
}

function ruleOf(name: string, domains: readonly string[], inputs: object): readonly Described[] {
  const list = `${ROUTE_53}DomainList:ResolverFirewallDomainList`;
  const of = { firewallRuleGroupId: "frg-1", firewallDomainListId: `fdl-${name}`, ...inputs };
  return [
    { type: list, name, inputs: { domains }, outputs: { id: `fdl-${name}` } },
    { type: `${ROUTE_53}Rule:ResolverFirewallRule`, name, inputs: of },
  ];
}

function program(): void {
  const { provider } = served();
  const { id: vpcId } = new aws.ec2.Vpc("vpc", { cidrBlock: "10.2.0.0/16" }, { provider: provider! });
  new NameFirewall("names", { vpcId, allowed: [] }, { providers: [provider!] });
}

const CLOSED = '"vpc" must have one group of rules for names, of its stack, whose last rule blocks all names.';
const FAILS = '"vpc" must refuse names while its DNS firewall fails.';
const stray = (name: string, rule = "allowed"): string => `"${rule}" must not let "vpc" ask for "${name}".`;
const allowing = (name: string): readonly [Plan, string] => [names({ allowed: [name] }), stray(name)];

testRule(vpcsAskOnlyAllowedNames, {
  accepts: {
    "names of endpoints, of the environment and of webhooks": names({
      allowed: [
        "kms.eu-west-1.amazonaws.com",
        "cognito-idp.eu-west-1.amazonaws.com",
        "*.eu-west-1.eks.amazonaws.com",
        "*.agents.example.com",
        "orders.agents.example.com",
        "alicerce-production-xyz-gmbh-111122223333.auth.eu-west-1.amazoncognito.com",
      ],
    }),
    "known bad names are blocked before": names({
      more: ruleOf("bad", ["bad.example.net"], { ...BLOCKS, priority: 50 }),
    }),
    "the component": program,
  },
  rejects: {
    "no association": [names({ association: { vpcId: "vpc-2" } }), CLOSED],
    "a group of another account": [names({ association: { firewallRuleGroupId: "frg-2" } }), CLOSED],
    "others are only reported": [names({ blocks: { action: "ALERT" } }), CLOSED, stray("*", "others")],
    "others get another answer": [
      names({ blocks: { action: "BLOCK", blockResponse: "OVERRIDE" } }),
      CLOSED,
      stray("*", "others"),
    ],
    "others are blocked in part": [names({ others: ["*.example.net"] }), CLOSED],
    "only one type of query is blocked": [names({ blocks: { ...BLOCKS, qType: "TXT" } }), CLOSED],
    "the names are allowed after all are blocked": [names({ allows: { priority: 300 } }), CLOSED],
    "names come through while the firewall fails": [names({ failure: { firewallFailOpen: "ENABLED" } }), FAILS],
    "how it fails is of another VPC": [names({ failure: { resourceId: "vpc-2" } }), FAILS],
    "the whole internet": allowing("*"),
    "a domain of others": allowing("*.com"),
    "all of AWS": allowing("*.amazonaws.com"),
    "whatever anybody has in the region": allowing("*.eu-west-1.amazonaws.com"),
    "an API of somebody in the region": allowing("abc123.execute-api.eu-west-1.amazonaws.com"),
    "a service of another region": allowing("kms.us-east-1.amazonaws.com"),
    "a service without an endpoint": allowing("sqs.eu-west-1.amazonaws.com"),
    "the pool of somebody else": allowing("somebody.auth.eu-west-1.amazoncognito.com"),
    "a host on the internet that no tenant lists": allowing("collector.example.net"),
  },
});
