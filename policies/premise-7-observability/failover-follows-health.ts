import { CONTROL } from "../engine/frameworks.ts";
import { rule } from "../engine/rule.ts";
import { every, some } from "../engine/three-values.ts";
import { byOutput, referenceOf, refersTo } from "../facts/reference.ts";

const HEALTH_CHECK = "aws:route53/healthCheck:HealthCheck";

export const failoverFollowsHealth = rule({
  premise: 7,
  id: "failover-follows-health",
  severity: "high",
  description:
    "A name that fails over names a health check of its stack: without one, Amazon Route 53 never leaves the primary.",
  remediation: "Set `healthCheckId` to a HealthCheck of the same stack.",
  frameworks: [CONTROL.soc2Recovery, CONTROL.isoMonitoring],
  subjects: {
    types: ["aws:route53/record:Record"],
    where: (it) => some(it.list("failoverRoutingPolicies"), () => true),
  },
  judge: [
    (it, stack) =>
      refersTo(referenceOf(it, "healthCheckId"), byOutput(HEALTH_CHECK, "id"), stack)
        ? undefined
        : `"${it.name}" must name a health check of its own stack.`,
    (it) =>
      every(it.list("aliases"), (alias) => alias.flag("evaluateTargetHealth") === true)
        ? undefined
        : `"${it.name}" must follow the health of what it leads to.`,
  ],
});
