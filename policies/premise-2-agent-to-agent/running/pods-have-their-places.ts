import { KIND, LABEL } from "../../../contracts/tags.ts";
import { CONTROL } from "../../engine/frameworks.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { rule } from "../../engine/rule.ts";
import { some } from "../../engine/three-values.ts";
import type { Value } from "../../engine/value.ts";
import { podLabelsOf } from "../../facts/identity/identity-server.ts";
import { TYPE } from "../../facts/resource-types.ts";

const POD = "spec.template.spec";
const ZONE = "topology.kubernetes.io/zone";

/** What may be done where pods cannot be spread (Kubernetes, "Pod Topology Spread Constraints"). */
const OTHERWISE = ["DoNotSchedule", "ScheduleAnyway"];

/** One zone may have so many more pods than another; with as many as there are zones, all pods may be in one. */
const MOST = 2;

const KINDS: readonly unknown[] = [KIND.agent, KIND.bff, KIND.identityProvider];

export const podsHaveTheirPlaces = rule({
  premise: 2,
  id: "pods-have-their-places",
  severity: "high",
  description:
    "The pods of an agent, a BFF or an identity server are spread over the zones of the region, and those of tenants say by their priority who waits for a place.",
  remediation: `Spread them by ${ZONE} and by the labels that they have, and name a priority class.`,
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoCapacity],
  subjects: {
    types: [TYPE.deployment, TYPE.statefulSet],
    where: (it, stack) => stack.isOurs && KINDS.includes(it.label(LABEL.kind)),
  },
  judge: [
    (it) =>
      some(it.list(`${POD}.topologySpreadConstraints`), (one) => spreads(one, it))
        ? undefined
        : `"${it.name}" must spread its pods over zones, by labels that they have.`,
    (it, stack) =>
      stack.tenant === undefined || it.has(`${POD}.priorityClassName`)
        ? undefined
        : `"${it.name}" must name its priority class.`,
  ],
});

function spreads(one: Value, it: ResourceView): boolean {
  const skew = one.number("maxSkew") ?? 0;
  const isSound = skew >= 1 && skew <= MOST && OTHERWISE.includes(one.text("whenUnsatisfiable") ?? "");
  return isSound && one.text("topologyKey") === ZONE && selects(one, it);
}

/** Whether the selector names some of the labels of the pods, as they are, and nothing else. */
function selects(one: Value, it: ResourceView): boolean {
  const own = podLabelsOf(it);
  const labels = one.entries("labelSelector.matchLabels");
  return labels.length > 0 && labels.every(([key, value]) => own[key] === value.text());
}
