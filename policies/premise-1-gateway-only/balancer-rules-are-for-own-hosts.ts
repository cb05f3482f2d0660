import { BFF_SCENARIOS, bffHost, bffHosts } from "../../contracts/bff/hosts.ts";
import { CONTROL } from "../engine/frameworks.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { every } from "../engine/three-values.ts";
import type { Value } from "../engine/value.ts";
import { byOutput, referred } from "../facts/reference.ts";

const RULE = "aws:lb/listenerRule:ListenerRule";
const BINDING = "kubernetes:eks.amazonaws.com/v1:TargetGroupBinding";
const GROUP = "aws:lb/targetGroup:TargetGroup";

export const balancerRulesAreForOwnHosts = rule({
  premise: 1,
  id: "balancer-rules-are-for-own-hosts",
  severity: "critical",
  description:
    "All tenants of a region are behind one load balancer: a tenant's rules take what is asked of its own hosts, and send it to its own pods; the region's take nothing that is asked of a tenant.",
  remediation:
    "Give the rule one condition `hostHeader` with whole names: `<tenant>.<scenario>.<residency>.<domain>`; forward to a target group of the same stack.",
  frameworks: [CONTROL.soc2Boundary, CONTROL.isoSegregation, CONTROL.gdprByDesign],
  subjects: { types: [RULE, BINDING], where: (it, stack) => it.type === RULE || stack.tenant !== undefined },
  judge: [
    (it, stack) => {
      if (it.type === BINDING) return undefined;
      const conditions = it.list("conditions").filter((one) => one.has("hostHeader"));
      const isBound = conditions.length > 0 && every(conditions, (one) => isFor(one, stack));
      return isBound ? undefined : `"${it.name}" must be for hosts of its own stack, each by its whole name.`;
    },
    (it, stack) =>
      it.type === BINDING || every(it.list("actions"), (action) => staysInside(action, it, stack))
        ? undefined
        : `"${it.name}" must send to a target group of its own stack.`,
    (it, stack) => {
      if (it.type === RULE) return undefined;
      const read = (): string | undefined => it.text("spec.targetGroupARN");
      const group = referred({ of: it, input: "spec", read }, byOutput(GROUP, "arn"), stack);
      return group === undefined ? `"${it.name}" must bind a target group of its own stack.` : undefined;
    },
  ],
});

/** Whether a condition is for hosts that are the stack's: of its tenant, or of no tenant. */
function isFor(condition: Value, { address, residency }: StackIndex): boolean {
  const hosts = condition.list("hostHeader.values");
  if (hosts.length === 0 || condition.has("hostHeader.regexValues")) return false;
  if (address.layer === "environment" || residency === undefined) return false;
  const { domain } = address.environment;
  const zones = BFF_SCENARIOS.map((scenario) => ({ scenario, residency, domain }));
  if (address.layer === "tenant") {
    const own = zones.map((zone) => bffHost(address.tenant.id, zone));
    return every(hosts, (host) => own.includes((host.text() ?? "").toLowerCase()));
  }
  const ends = zones.map((zone) => bffHosts(zone).slice(1));
  return every(hosts, (host) => {
    const name = (host.text() ?? "*").toLowerCase();
    return !/[*?]/.test(name) && ends.every((end) => !name.endsWith(end));
  });
}

function staysInside(action: Value, of: ResourceView, stack: StackIndex): boolean {
  if (action.text("type") === "fixed-response") return true;
  const isPlain = action.text("type") === "forward" && !action.has("forward");
  return isPlain && groupOf(of, stack) !== undefined;
}

/** The group to which the rule's only action sends: AWS takes no other beside one that forwards, but those that authenticate. */
function groupOf(of: ResourceView, stack: StackIndex): ResourceView | undefined {
  const read = (): string | undefined => of.list("actions")[0]?.text("targetGroupArn");
  return referred({ of, input: "actions", read }, byOutput(GROUP, "arn"), stack);
}
