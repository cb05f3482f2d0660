import { type Behaviours, type Draft, arn, hex, text, uuid } from "../behaviour.ts";

const FIREWALL = "aws:route53/resolverFirewall";
const RULE_GROUP = `${FIREWALL}RuleGroup:ResolverFirewallRuleGroup`;
const DOMAIN_LIST = `${FIREWALL}DomainList:ResolverFirewallDomainList`;
const VPC = "aws:ec2/vpc:Vpc";
const CERTIFICATE = "aws:acm/certificate:Certificate";

/** AWS Certificate Manager and Amazon Route 53. */
export const NAMES: Behaviours = {
  [CERTIFICATE]: {
    id: (it) => arn("acm", it, `certificate/${uuid(it)}`),
    outputs: (it) => ({
      arn: it.id,
      domainValidationOptions: hostsOf(it).map((domainName) => ({
        domainName,
        // One record proves a name with a wildcard and the name below which it is (ACM, "DNS validation").
        resourceRecordName: `_${hex(it, 32, domainName)}.${domainName.replace(/^\*\./, "")}.`,
        resourceRecordType: "CNAME",
        resourceRecordValue: `_${hex(it, 32, `${domainName} value`)}.acm-validations.aws.`,
      })),
      status: "PENDING_VALIDATION",
    }),
    replaces: ["domainName", "keyAlgorithm", "subjectAlternativeNames", "validationMethod"],
  },
  "aws:acm/certificateValidation:CertificateValidation": {
    id: (it) => uuid(it),
    references: { certificateArn: CERTIFICATE },
    replaces: ["certificateArn", "validationRecordFqdns"],
  },
  "aws:route53/record:Record": {
    global: true,
    unique: ["zoneId+name+type+setIdentifier"],
    id: (it) =>
      ["zoneId", "name", "type", "setIdentifier"]
        .map((input) => text(it, input))
        .filter(Boolean)
        .join("_"),
    outputs: (it) => ({ fqdn: text(it, "name").replace(/\.$/, "") }),
    references: { zoneId: "aws:route53/zone:Zone" },
    replaces: ["name", "setIdentifier", "type", "zoneId"],
  },
  "aws:route53/healthCheck:HealthCheck": {
    global: true,
    id: (it) => uuid(it),
    outputs: (it) => ({ arn: `arn:aws:route53:::healthcheck/${it.id}` }),
    replaces: ["type"],
  },
  [RULE_GROUP]: {
    id: (it) => `rslvr-frg-${hex(it, 16)}`,
    outputs: (it) => ({ arn: arn("route53resolver", it, `firewall-rule-group/${it.id}`), ownerId: it.account }),
    replaces: ["name"],
  },
  [DOMAIN_LIST]: {
    id: (it) => `rslvr-fdl-${hex(it, 16)}`,
    outputs: (it) => ({ arn: arn("route53resolver", it, `firewall-domain-list/${it.id}`) }),
    replaces: ["name"],
  },
  [`${FIREWALL}RuleGroupAssociation:ResolverFirewallRuleGroupAssociation`]: {
    unique: ["vpcId+priority", "vpcId+firewallRuleGroupId"],
    id: (it) => `rslvr-frgassoc-${hex(it, 16)}`,
    outputs: (it) => ({ arn: arn("route53resolver", it, `firewall-rule-group-association/${it.id}`) }),
    references: { firewallRuleGroupId: RULE_GROUP, vpcId: VPC },
    replaces: ["firewallRuleGroupId", "vpcId"],
  },
  [`${FIREWALL}Rule:ResolverFirewallRule`]: {
    unique: ["firewallRuleGroupId+priority", "firewallRuleGroupId+firewallDomainListId+qType"],
    id: (it) => `${text(it, "firewallRuleGroupId")}:${text(it, "firewallDomainListId")}`,
    references: { firewallRuleGroupId: RULE_GROUP, firewallDomainListId: DOMAIN_LIST },
    replaces: ["firewallRuleGroupId", "firewallDomainListId"],
  },
  [`${FIREWALL}Config:ResolverFirewallConfig`]: {
    unique: ["resourceId"],
    id: (it) => `rslvr-fc-${hex(it, 16)}`,
    outputs: (it) => ({ ownerId: it.account }),
    references: { resourceId: VPC },
    replaces: ["resourceId"],
  },
};

function hostsOf({ inputs }: Draft): readonly string[] {
  const all: unknown[] = [inputs["domainName"]].concat(inputs["subjectAlternativeNames"] ?? []);
  return all.filter((it): it is string => typeof it === "string");
}
