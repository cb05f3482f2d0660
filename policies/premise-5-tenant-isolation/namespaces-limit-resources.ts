import { LABEL } from "../../contracts/tags.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { lookup } from "../engine/lookup.ts";
import { TYPE } from "../facts/resource-types.ts";
import { rule } from "../engine/rule.ts";
import { absent, some } from "../engine/three-values.ts";

const QUOTA = "kubernetes:core/v1:ResourceQuota";
const LIMIT_RANGE = "kubernetes:core/v1:LimitRange";

/** What a tenant could take all of on the nodes that it shares. */
const RESOURCES = ["pods", "limits.cpu", "limits.memory"];

export const namespacesLimitResources = rule({
  premise: 5,
  id: "namespaces-limit-resources",
  severity: "high",
  description: "A tenant's pods cannot take from others the nodes that they share.",
  remediation: "Add a ResourceQuota of pods, limits.cpu and limits.memory, and a LimitRange for containers.",
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoCapacity],
  subjects: {
    types: [TYPE.namespace],
    where: (it, stack) => stack.tenant !== undefined || it.label(LABEL.tenant) !== undefined,
  },
  judge: [
    (it, stack) => {
      const quotas = quotasByNamespace(stack).find(it.text("metadata.name"));
      const isLimited = some(quotas, (quota) => RESOURCES.every((name) => quota.at("spec.hard", name) !== undefined));
      return isLimited ? undefined : absent(`"${it.name}" must have a quota of ${RESOURCES.join(", ")}.`);
    },
    (it, stack) => {
      const limits = rangesByNamespace(stack)
        .find(it.text("metadata.name"))
        .flatMap((range) => range.list("spec.limits"));
      const isLimited = some(
        limits,
        (limit) => limit.text("type") === "Container" && limit.has("default.cpu") && limit.has("default.memory"),
      );
      return isLimited
        ? undefined
        : absent(`"${it.name}" must give each container limits of cpu and memory by default.`);
    },
  ],
});

const quotasByNamespace = lookup([QUOTA], (it) => it.text("metadata.namespace"));
const rangesByNamespace = lookup([LIMIT_RANGE], (it) => it.text("metadata.namespace"));
