import { LABEL } from "../../contracts/tags.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { lookup } from "../engine/lookup.ts";
import { rule } from "../engine/rule.ts";
import { absent, every, some } from "../engine/three-values.ts";
import { TYPE } from "../facts/resource-types.ts";

/** What pods share of a node: a pod that fills the node's disk evicts those of other tenants. */
const SHARED = ["cpu", "memory", "ephemeral-storage"];

/** What would be a way in that no rule of a load balancer knows. */
const OPENINGS = ["services.loadbalancers", "services.nodeports"];

const quotas = lookup(["kubernetes:core/v1:ResourceQuota"], (it) => it.text("metadata.namespace"));
const ranges = lookup(["kubernetes:core/v1:LimitRange"], (it) => it.text("metadata.namespace"));

export const namespacesBoundWhatPodsUse = rule({
  premise: 5,
  id: "namespaces-bound-what-pods-use",
  severity: "high",
  description:
    "A tenant's pods take no more CPU, memory and disk of the nodes that tenants share than was agreed, and open no ports of nodes and no load balancers.",
  remediation: `Add a ResourceQuota of pods, of the limits of ${SHARED.join(", ")} and of no ${OPENINGS.join(" and ")}, and a LimitRange with defaults and a maximum of each.`,
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoCapacity, CONTROL.isoSegregation],
  subjects: {
    types: [TYPE.namespace],
    where: (it, stack) => it.label(LABEL.tenant) !== undefined || stack.tenant !== undefined,
  },
  judge: [
    (it, stack) => {
      const wanted = ["pods", ...SHARED.map((what) => `limits.${what}`)];
      const isBound = some(quotas(stack).find(it.text("metadata.name")), (quota) =>
        every(wanted, (what) => isSome(quota.at("spec.hard", what))),
      );
      return isBound ? undefined : absent(`"${it.name}" must have a quota of ${wanted.join(", ")}.`);
    },
    (it, stack) =>
      some(quotas(stack).find(it.text("metadata.name")), (quota) =>
        every(OPENINGS, (what) => String(quota.at("spec.hard", what)) === "0"),
      )
        ? undefined
        : absent(`"${it.name}" must have a quota of no ${OPENINGS.join(" and no ")}.`),
    (it, stack) => {
      const isBound = some(ranges(stack).find(it.text("metadata.name")), (range) =>
        some(
          range.list("spec.limits"),
          (limit) =>
            limit.text("type") === "Container" &&
            every(SHARED, (what) => every(["default", "defaultRequest", "max"], (how) => isSome(limit.at(how, what)))),
        ),
      );
      return isBound ? undefined : absent(`"${it.name}" must limit each container's ${SHARED.join(", ")}.`);
    },
  ],
});

/** Whether a quantity is set, and is more than nothing: pods of a namespace that may use nothing do not start. */
function isSome(quantity: unknown): boolean {
  const isQuantity = typeof quantity === "string" || typeof quantity === "number";
  return isQuantity && !/^0+(?:\.0+)?\D*$/.test(String(quantity));
}
