import { CONTROL } from "../../engine/frameworks.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { rule } from "../../engine/rule.ts";
import { every } from "../../engine/three-values.ts";
import { CAPACITY_LABEL } from "../../facts/capacity/sizes.ts";
import { quantityOf } from "../../facts/capacity/quantity.ts";

const CAPACITY_TYPES = ["on-demand", "spot"];

export const nodePoolsAreBounded = rule({
  premise: 2,
  id: "node-pools-are-bounded",
  severity: "high",
  description:
    "No load and no mistake makes nodes without end: each pool has a limit, and says which capacity it takes.",
  remediation: `Set \`spec.limits.cpu\` and \`spec.limits.memory\` of the NodePool, and require ${CAPACITY_LABEL} to be among ${CAPACITY_TYPES.join(" and ")}.`,
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoCapacity],
  subjects: { types: ["kubernetes:karpenter.sh/v1:NodePool"] },
  judge: [
    (it) =>
      every(["cpu", "memory"], (what) => isPositive(it, what))
        ? undefined
        : `"${it.name}" must have a limit of CPU and of memory.`,
    (it) =>
      saysCapacity(it)
        ? undefined
        : `"${it.name}" must require its capacity to be among ${CAPACITY_TYPES.join(" and ")}.`,
  ],
});

function isPositive(it: ResourceView, what: string): boolean {
  return (quantityOf(it.at("spec.limits", what)) ?? 0) > 0;
}

function saysCapacity(it: ResourceView): boolean {
  const said = it
    .list("spec.template.spec.requirements")
    .filter((one) => one.text("key") === CAPACITY_LABEL && one.text("operator") === "In")
    .flatMap((one) => one.texts("values"));
  return said.length > 0 && said.every((one) => CAPACITY_TYPES.includes(one));
}
