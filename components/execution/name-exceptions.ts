import { busName } from "../../contracts/bff/events.ts";
import { SCENARIOS } from "../../contracts/scenarios.ts";
import { knowsNoResource } from "../../contracts/execution/needs.ts";
import { allow, type Exception, type ExecutionScope, inRegions, ownTag } from "./execution-scope.ts";

const AGENTCORE = "bedrock-agentcore";

/** Zones, health checks and changes have no tags: which records of a zone may be written, their names say. */
export const ZONES: Exception = {
  takes: (action) => action.startsWith("route53:") && !knowsNoResource(action),
  statements: (actions, { names }) => {
    const writes = "route53:ChangeResourceRecordSets";
    const byName = { "ForAllValues:StringLike": { "route53:ChangeResourceRecordSetsNormalizedRecordNames": names } };
    const all = ["change/*", "healthcheck/*", "hostedzone/*"].map((it) => `arn:aws:route53:::${it}`);
    return [
      ...allow(
        actions.filter((it) => it === writes),
        "arn:aws:route53:::hostedzone/*",
        byName,
      ),
      ...allow(
        actions.filter((it) => it !== writes),
        all,
      ),
    ];
  },
};

/** How the resolver of a VPC fails has no tags. */
export const FIREWALLS: Exception = {
  takes: (action) => /^route53resolver:(?:Get|Update)FirewallConfig$/.test(action),
  statements: (actions, scope) => allow(actions, inRegions("route53resolver", scope, "firewall-config/*")),
};

/** An alias by its name, and the key that it is for by the tag of the stack. */
export const ALIASES: Exception = {
  takes: (action) => /^kms:\w+Alias$/.test(action),
  statements: (actions, scope) => {
    const names = aliasesOf(scope).flatMap((it) => inRegions("kms", scope, `alias/alicerce/${it}`));
    return [
      ...allow(actions, names),
      ...allow(actions, inRegions("kms", scope, "key/*"), { StringEquals: ownTag(scope) }),
    ];
  },
};

function aliasesOf({ address }: ExecutionScope): readonly string[] {
  const [, region, tenant] = address.split(".");
  if (region === undefined) return ["images"];
  return tenant === undefined
    ? ["region", "keycloak"]
    : [...["tenant", "bff", "context"].map((it) => `${it}/${tenant}`), `tenant/${tenant}/*`];
}

/** Dashboards have no tags. */
export const DASHBOARDS: Exception = {
  takes: (action) => /^cloudwatch:\w+Dashboards?$/.test(action) && !knowsNoResource(action),
  statements: (actions, { account, address }) =>
    allow(actions, `arn:aws:cloudwatch::${account}:dashboard/${address.replaceAll(".", "-")}`),
};

/** Archives of events have no tags; the bus that one is of has that of the stack. */
export const ARCHIVES: Exception = {
  takes: (action) => /^events:\w+Archive$/.test(action),
  statements: (actions, scope) => [
    ...allow(actions, inRegions("events", scope, `archive/${busName(scope.address.split(".")[2] ?? "")}`)),
    ...allow(
      actions.filter((it) => it === "events:CreateArchive"),
      inRegions("events", scope, "event-bus/*"),
      { StringEquals: ownTag(scope) },
    ),
  ],
};

/** Policy engines and their policies have no tags, nor has the directory of workload identities, in which AgentCore itself writes for the caller. */
export const ENGINES: Exception = {
  takes: (action) =>
    /^bedrock-agentcore:\w+(?:Policy|Policies|PolicyEngine|WorkloadIdentity)$/.test(action) &&
    !/Resource|Scoped/.test(action) &&
    !knowsNoResource(action),
  statements: (actions, scope) => {
    const name = (scope.address.split(".")[2] ?? "").replaceAll("-", "_");
    const tagging = ["ListTagsForResource", "TagResource", "UntagResource"].map((it) => `${AGENTCORE}:${it}`);
    const engines = SCENARIOS.flatMap((it) => inRegions(AGENTCORE, scope, `policy-engine/${name}_${it}-*`));
    const identities = [
      "default",
      `default/workload-identity/${name}_*`,
      `default/workload-identity/${scope.address.split(".")[2] ?? ""}-*`,
    ];
    const ofIdentities = actions.filter((it) => it.endsWith("Identity"));
    return [
      ...allow([...actions.filter((it) => !ofIdentities.includes(it)), ...tagging], engines),
      ...allow(
        ofIdentities,
        identities.flatMap((it) => inRegions(AGENTCORE, scope, `workload-identity-directory/${it}`)),
      ),
    ];
  },
};

/** A web ACL stands before what is another stack's, and the service of that asks again for what it protects. */
export const WEB_ACLS: Exception = {
  takes: (action) =>
    /^wafv2:(?:AssociateWebACL|DisassociateWebACL|GetWebACLForResource)$|^cognito-idp:AssociateWebACL$/.test(action),
  statements: (actions, scope) => {
    const protectable = [
      ...inRegions(AGENTCORE, scope, "gateway/*"),
      ...inRegions("cognito-idp", scope, "userpool/*"),
      ...inRegions("elasticloadbalancing", scope, "loadbalancer/app/*"),
    ];
    const ofWaf = actions.filter((it) => it.startsWith("wafv2:"));
    return [
      ...allow([...actions, "wafv2:GetWebACL"], inRegions("wafv2", scope, "regional/webacl/alicerce-*/*")),
      ...allow(ofWaf, protectable),
      ...allow(
        actions.filter((it) => !ofWaf.includes(it)),
        inRegions("cognito-idp", scope, "userpool/*"),
        { StringEquals: ownTag(scope) },
      ),
    ];
  },
};

/** AWS Config and Security Hub are set once for a region, and the provider cannot tag what they have there. */
export const RECORDERS: Exception = {
  takes: (action) => /^(?:config|securityhub):/.test(action) && !knowsNoResource(action),
  statements: (actions, scope) =>
    ["config", "securityhub"].flatMap((service) =>
      allow(
        actions.filter((it) => it.startsWith(`${service}:`)),
        inRegions(service, scope, "*"),
      ),
    ),
};
