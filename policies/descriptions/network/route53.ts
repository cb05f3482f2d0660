import type { Descriptions } from "../description.ts";
import { NAME, TAGS, TEXT } from "../reasons.ts";

/** Amazon Route 53. */
export const ROUTE_53: Descriptions = {
  "aws:route53/healthCheck:HealthCheck": {
    read: [
      "childHealthThreshold",
      "childHealthchecks",
      "cloudwatchAlarmName",
      "cloudwatchAlarmRegion",
      "insufficientDataHealthStatus",
    ],
    inert: { tags: TAGS },
    accepts: { type: ["CALCULATED", "CLOUDWATCH_METRIC"] },
  },
  "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec": {
    read: ["hostedZoneId"],
    accepts: { signingStatus: ["SIGNING"] },
  },
  "aws:route53/keySigningKey:KeySigningKey": {
    read: ["hostedZoneId", "keyManagementServiceArn"],
    inert: { name: NAME },
    accepts: { status: ["ACTIVE"] },
  },
  "aws:route53/record:Record": {
    read: ["aliases.name", "geolocationRoutingPolicies.country", "healthCheckId", "name", "records", "zoneId"],
    inert: {
      "aliases.zoneId": "AWS's own zone, in which the name that it leads to is.",
      setIdentifier: NAME,
      ttl: "How long an answer is kept.",
    },
    accepts: {
      "aliases.evaluateTargetHealth": [true],
      "failoverRoutingPolicies.type": ["PRIMARY", "SECONDARY"],
      type: ["A", "AAAA", "CAA", "CNAME", "TXT"],
    },
  },
  "aws:route53/resolverFirewallConfig:ResolverFirewallConfig": {
    read: ["firewallFailOpen", "region", "resourceId"],
  },
  "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList": {
    read: ["domains", "region"],
    inert: { name: NAME, tags: TAGS },
  },
  "aws:route53/resolverFirewallRule:ResolverFirewallRule": {
    read: ["action", "blockResponse", "firewallDomainListId", "firewallRuleGroupId", "priority", "qType", "region"],
    inert: {
      firewallDomainRedirectionAction: "Where an allowed name leads on to is chosen by whoever owns it.",
      name: NAME,
    },
  },
  "aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup": {
    read: ["region"],
    inert: { name: NAME, tags: TAGS },
  },
  "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation": {
    read: ["firewallRuleGroupId", "priority", "region", "vpcId"],
    inert: { mutationProtection: "What the execution role may do says who changes it.", name: NAME, tags: TAGS },
  },
  "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig": {
    read: ["destinationArn", "region"],
    inert: { name: NAME, tags: TAGS },
  },
  "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation": {
    read: ["region", "resolverQueryLogConfigId", "resourceId"],
  },
  "aws:route53/zone:Zone": {
    read: ["name", "vpcs.vpcId"],
    inert: { comment: TEXT, tags: TAGS, "vpcs.vpcRegion": "The VPC itself is one of the stack's." },
    accepts: { forceDestroy: [false] },
  },
};
