import { instanceSize } from "../../../environments/capacity/instance-types.ts";
import { COMPUTE_TAINT, POOL_NAMES } from "../../../environments/capacity/node-pools.ts";
import { CONTROL } from "../../engine/frameworks.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { rule } from "../../engine/rule.ts";
import { every, some } from "../../engine/three-values.ts";
import type { Value } from "../../engine/value.ts";

const SPEC = "spec.template.spec";
const INSTANCE_TYPE = "node.kubernetes.io/instance-type";

/** The labels by which a pool says which nodes it makes (Karpenter, "Well-Known Labels"; Amazon EKS user guide, "Auto Mode supported labels"). */
const LABELS =
  /^(?:kubernetes\.io\/(?:arch|os)|topology\.kubernetes\.io\/zone|node\.kubernetes\.io\/instance-type|karpenter\.sh\/capacity-type|eks\.amazonaws\.com\/instance-(?:category|cpu|cpu-manufacturer|encryption-in-transit-supported|family|generation|hypervisor|local-nvme|memory|network-bandwidth|size))$/;

const OPERATORS = ["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"];
const EFFECTS = ["NoSchedule", "NoExecute", "PreferNoSchedule"];

export const nodePoolsMakeNodes = rule({
  premise: 2,
  id: "node-pools-make-nodes",
  severity: "high",
  description:
    "What a node pool requires of its nodes is something that nodes have, of instance types whose size is known, and the pool for much computing keeps others off.",
  remediation: `Require well-known labels with values, and taint the pool ${POOL_NAMES.compute} with ${COMPUTE_TAINT.key}=${COMPUTE_TAINT.value}.`,
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoCapacity],
  subjects: { types: ["kubernetes:karpenter.sh/v1:NodePool"] },
  judge: [
    (it) => (every(it.list(`${SPEC}.requirements`), isMet) ? undefined : `"${it.name}" must require what nodes have.`),
    (it) =>
      every(it.list(`${SPEC}.taints`), (one) => one.has("key") && EFFECTS.includes(one.text("effect") ?? ""))
        ? undefined
        : `"${it.name}" must say what its taints do.`,
    (it) =>
      it.text("metadata.name") !== POOL_NAMES.compute || keepsOff(it)
        ? undefined
        : `"${it.name}" must keep off what does not tolerate ${COMPUTE_TAINT.key}=${COMPUTE_TAINT.value}.`,
  ],
});

function isMet(one: Value): boolean {
  const [key = "", operator = ""] = [one.text("key"), one.text("operator")];
  const values = one.texts("values");
  const isNamed = LABELS.test(key) && OPERATORS.includes(operator);
  if (!isNamed || operator.includes("Exist")) return isNamed;
  return values.length > 0 && (key !== INSTANCE_TYPE || values.every((it) => instanceSize(it) !== undefined));
}

function keepsOff(it: ResourceView): boolean {
  return some(it.list(`${SPEC}.taints`), (one) =>
    Object.entries(COMPUTE_TAINT).every(([name, value]) => one.text(name) === value),
  );
}
