import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** Which network is guarded, and what may be asked for there. */
export interface NameFirewallArgs {
  readonly vpcId: pulumi.Input<string>;
  /** Hosts; one that begins with `*.` stands for all below it. */
  readonly allowed: readonly string[];
}

/**
 * Lets a VPC ask for a list of names and for no other, since a name itself can carry data out to whoever answers for it (premise 3). Where
 * an allowed name leads on to another, by CNAME, the other is not looked up in the list: whoever owns the allowed one chooses it (Amazon
 * Route 53, "Rule settings in DNS Firewall").
 */
export class NameFirewall extends pulumi.ComponentResource {
  constructor(name: string, { vpcId, allowed }: NameFirewallArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:network:NameFirewall", name, {}, opts);
    const group = new aws.route53.ResolverFirewallRuleGroup(name, { name: "alicerce" }, { parent: this });
    const rule = (
      kind: string,
      domains: readonly string[],
      what: Omit<aws.route53.ResolverFirewallRuleArgs, "firewallRuleGroupId">,
    ): aws.route53.ResolverFirewallRule => {
      const list = new aws.route53.ResolverFirewallDomainList(
        `${name}-${kind}`,
        { name: `alicerce-${kind}`, domains: [...domains] },
        { parent: this },
      );
      return new aws.route53.ResolverFirewallRule(
        `${name}-${kind}`,
        { name: kind, firewallRuleGroupId: group.id, firewallDomainListId: list.id, ...what },
        { parent: this },
      );
    };
    const allows = rule("allowed", allowed, {
      action: "ALLOW",
      firewallDomainRedirectionAction: "TRUST_REDIRECTION_DOMAIN",
      priority: 100,
    });
    const blocks = rule("others", ["*"], { action: "BLOCK", blockResponse: "NXDOMAIN", priority: 200 });
    new aws.route53.ResolverFirewallConfig(name, { resourceId: vpcId, firewallFailOpen: "DISABLED" }, { parent: this });
    // Associated last, so that at no time only the rule that blocks is in force.
    new aws.route53.ResolverFirewallRuleGroupAssociation(
      name,
      { name: "alicerce", firewallRuleGroupId: group.id, vpcId, priority: 101 },
      { parent: this, dependsOn: [allows, blocks] },
    );
    this.registerOutputs({});
  }
}
