import { CONTROL } from "../../engine/frameworks.ts";
import { candidates } from "../../engine/lookup.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { rule } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { absent } from "../../engine/three-values.ts";
import { TYPE } from "../../facts/resource-types.ts";

const LABELS = "spec.template.metadata.labels";
const PORTS = "spec.template.spec.containers";

export const servicesLeadToOneWorkload = rule({
  premise: 3,
  id: "services-lead-to-one-workload",
  severity: "high",
  description:
    "A Service of Kubernetes selects the pods of one workload of its namespace, by ports that they listen on: fewer labels would send requests to pods of others.",
  remediation: "Select by labels that only one workload has, and name a port of its containers.",
  frameworks: [CONTROL.soc2Boundary, CONTROL.isoNetwork],
  subjects: { types: ["kubernetes:core/v1:Service"] },
  judge: [
    (it, stack) =>
      selectedBy(it, stack).length === 1 ? undefined : absent(`"${it.name}" must select the pods of one workload.`),
    (it, stack) => {
      const selected = selectedBy(it, stack);
      if (selected.length === 0) return undefined; // told by the first fact
      const listened = selected.flatMap((one) => one.list(PORTS)).flatMap((one) => one.list("ports"));
      const numbers = listened.flatMap((port) => [port.number("containerPort"), port.text("name")]);
      const lead = it.list("spec.ports").every((port) => {
        const to = port.number("targetPort") ?? port.text("targetPort");
        return numbers.includes(to) && (typeof to !== "number" || port.number("port") === to);
      });
      return lead ? undefined : absent(`"${it.name}" must lead to ports that its pods listen on, by the same number.`);
    },
  ],
});

/** The workloads of the namespace whose pods have all labels that the Service selects. */
function selectedBy(it: ResourceView, stack: StackIndex): readonly ResourceView[] {
  const wanted = it.entries("spec.selector");
  return workloadsIn(stack, () => it.text("metadata.namespace"))
    .filter((one) => one.text("metadata.namespace") === it.text("metadata.namespace"))
    .filter((one) => wanted.length > 0 && wanted.every(([key, value]) => one.at(LABELS, key) === value.text()));
}

const workloadsIn = candidates([TYPE.deployment, TYPE.statefulSet], (it) => [it.text("metadata.namespace")]);
