import { busName } from "../../../contracts/bff/events.ts";
import { bucketPrefixOf, rolePathOf } from "../../../contracts/execution/roles.ts";
import { SCENARIOS } from "../../../contracts/scenarios.ts";
import type { Address } from "../../../environments/address.ts";
import { standbyOf } from "../../../environments/residency.ts";
import { covers } from "../grants/language/patterns.ts";

/** Patterns of the ARNs of what is a stack's own by its name or path, where AWS knows no tag of it. */
function ownByName(address: string, account: string): readonly string[] {
  const [, region, tenant] = address.split(".");
  const iam = `arn:aws:iam::${account}`;
  const linked = `${iam}:role/aws-service-role/*`;
  const all = [linked, `arn:aws:cloudwatch::${account}:dashboard/${address.replaceAll(".", "-")}`];
  if (region === undefined)
    return [
      ...all,
      ...["role", "policy"].map((it) => `${iam}:${it}/alicerce/*`),
      `${iam}:oidc-provider/*`,
      ...aliases(account, ["images"]),
    ];
  const bucket = `arn:aws:s3:::${bucketPrefixOf(account, address)}*`;
  const common = [...all, `${iam}:role${rolePathOf(address)}*`, bucket];
  if (tenant === undefined) return [...common, ...aliases(account, ["region", "keycloak"])];
  const name = tenant.replaceAll("-", "_");
  const agentcore = `arn:aws:bedrock-agentcore:*:${account}`;
  const identities = `${agentcore}:workload-identity-directory/default/workload-identity`;
  return [
    ...common,
    ...aliases(account, [...["tenant", "bff", "context"].map((it) => `${it}/${tenant}`), `tenant/${tenant}/*`]),
    `arn:aws:events:*:${account}:archive/${busName(tenant)}`,
    ...SCENARIOS.map((it) => `${agentcore}:policy-engine/${name}_${it}-*`),
    ...[`${name}_*`, `${tenant}-*`].map((it) => `${identities}/${it}`),
  ];
}

function aliases(account: string, names: readonly string[]): readonly string[] {
  return names.map((it) => `arn:aws:kms:*:${account}:alias/alicerce/${it}`);
}

/**
 * What a stack does to another stack's things, since it must: its own is put into a network, a cluster, behind a listener and a web ACL;
 * records go into zones, whose names say which; AWS Config, Security Hub and what may write logs are set once for a region.
 */
const INTO_OTHERS: readonly (readonly [action: RegExp, resource: RegExp])[] = [
  [/^(?:ec2:CreateSecurityGroup|eks:CreatePodIdentityAssociation|elasticloadbalancing:CreateRule)$/, /./],
  [/^(?:wafv2:GetWebACL|cognito-idp:AssociateWebACL)$/, /:regional\/webacl\/alicerce-/],
  // AWS WAF asks once more, for an action of the service of what is protected: that is granted by the tag.
  [
    /^wafv2:(?:AssociateWebACL|DisassociateWebACL|GetWebACLForResource)$/,
    /:regional\/webacl\/alicerce-|:userpool\/|:gateway\/|:loadbalancer\/app\//,
  ],
  [/^bedrock-agentcore:\w+WorkloadIdentity$/, /:workload-identity-directory\/default$/],
];

/** What only the stacks do that all tenants rest on. */
const NOT_BY_TENANTS: typeof INTO_OTHERS = [
  [/^route53:(?!ChangeResourceRecordSets$)/, /^arn:aws:route53:::/],
  [/^(?:config|securityhub):/, /./],
  [/^route53resolver:(?:Get|Update)FirewallConfig$/, /:firewall-config\//],
  [/^logs:PutResourcePolicy$/, /^\*$/],
  // Of which gateway the network is, the data says; the rule on attachments compares them.
  [/^ec2:CreateTransitGatewayVpcAttachment$/, /^arn:aws:ec2:[a-z0-9-]+:\d{12}:transit-gateway\/tgw-[0-9a-f]+$/],
];

/** Whether the stack at an address must reach by an action a resource that is another stack's. */
export function isIntoOthers(action: string, resource: string, address: string): boolean {
  const isOfTenant = address.split(".").length > 2;
  const all = isOfTenant ? INTO_OTHERS : [...INTO_OTHERS, ...NOT_BY_TENANTS];
  return all.some(([actions, resources]) => actions.test(action) && resources.test(resource));
}

/** Whether everything that a pattern of ARNs matches is the stack's own by its name. */
export function isOwnByName(resource: string, address: string, account: string): boolean {
  return ownByName(address, account).some((it) => covers(it, resource));
}

/** The regions in which a stack has resources: its own, and the standby of its residency. */
export function regionsOf(at: Address): readonly string[] {
  if (at.layer === "environment") return [...Object.keys(at.environment.regions), "us-east-1"];
  const standby = standbyOf(at.region);
  return standby === undefined ? [at.region] : [at.region, standby];
}
