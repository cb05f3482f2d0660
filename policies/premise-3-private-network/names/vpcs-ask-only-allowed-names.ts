import { CONTROL } from "../../engine/frameworks.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { rule } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { absent } from "../../engine/three-values.ts";
import { covers, failuresOf, type FirewallRule, firewallsOf } from "../../facts/network/name-firewall.ts";
import { knownNames } from "../../facts/network/known-names.ts";
import { TYPE } from "../../facts/resource-types.ts";

/** Source: Amazon Route 53 developer guide, "DNS Firewall rule groups and rules" and "DNS Firewall VPC configuration". */
export const vpcsAskOnlyAllowedNames = rule({
  premise: 3,
  id: "vpcs-ask-only-allowed-names",
  severity: "high",
  description:
    "A VPC asks for the names on its list and for no other, also while the firewall fails: names can carry data out, past every security group.",
  remediation:
    "Associate the VPC with rules of which the last blocks `*`, allow names of AWS in the region, of the environment and of webhooks alone, and let the firewall fail closed.",
  frameworks: [CONTROL.soc2Boundary, CONTROL.isoNetwork, CONTROL.pciNetwork],
  subjects: { types: [TYPE.vpc] },
  judge: [
    (it, stack) => {
      const [failure, ...others] = failuresOf(it, stack);
      return others.length === 0 && failure?.text("firewallFailOpen") === "DISABLED"
        ? undefined
        : absent(`"${it.name}" must refuse names while its DNS firewall fails.`);
    },
    (it, stack) =>
      isClosed(firewallsOf(it, stack))
        ? undefined
        : absent(
            `"${it.name}" must have one group of rules for names, of its stack, whose last rule blocks all names.`,
          ),
    (it, stack) =>
      firewallsOf(it, stack)
        .flatMap((rules) => rules ?? [])
        .flatMap((one) => strayName(one, it, stack) ?? []),
  ],
});

function isClosed(firewalls: readonly (readonly FirewallRule[] | undefined)[]): boolean {
  const [rules, ...others] = firewalls;
  const last = rules?.at(-1);
  if (others.length > 0 || last === undefined) return false;
  return (
    last.domains?.includes("*") === true &&
    last.rule.text("action") === "BLOCK" &&
    ["NODATA", "NXDOMAIN"].includes(last.rule.text("blockResponse") ?? "") &&
    !last.rule.has("qType")
  );
}

function strayName({ rule: it, domains }: FirewallRule, vpc: ResourceView, stack: StackIndex): string | undefined {
  if (it.text("action") === "BLOCK" && it.text("blockResponse") !== "OVERRIDE") return undefined;
  if (domains === undefined) return `"${it.name}" must have a list of names of its stack.`;
  const known = knownNames(vpc, stack);
  const stray = domains.find((name) => !known.some((own) => covers(own, name)));
  return stray === undefined ? undefined : `"${it.name}" must not let "${vpc.name}" ask for "${stray}".`;
}
