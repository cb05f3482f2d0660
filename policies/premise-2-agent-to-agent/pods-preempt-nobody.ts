import { CONTROL } from "../engine/frameworks.ts";
import { rule } from "../engine/rule.ts";
import { POD_TYPES, podPathOf } from "../facts/workloads.ts";

const PRIORITY_CLASS = "kubernetes:scheduling.k8s.io/v1:PriorityClass";

export const podsPreemptNobody = rule({
  premise: 2,
  id: "pods-preempt-nobody",
  severity: "high",
  description: "No pod takes the place of another tenant's pod: priority decides only who waits for a place.",
  remediation: "Set `preemptionPolicy` of a priority class to Never, and use none of the cluster's own classes.",
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoCapacity],
  subjects: { types: [PRIORITY_CLASS, ...POD_TYPES] },
  judge: (it) => {
    if (it.type === PRIORITY_CLASS)
      return it.text("preemptionPolicy") === "Never" ? undefined : `"${it.name}" must preempt no pods.`;
    const name = it.text(`${podPathOf(it)}.priorityClassName`) ?? "";
    return name.startsWith("system-") ? `"${it.name}" must not have a priority class of the cluster's own.` : undefined;
  },
});
