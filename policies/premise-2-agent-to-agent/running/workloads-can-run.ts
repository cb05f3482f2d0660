import { LABEL } from "../../../contracts/tags.ts";
import { CONTROL } from "../../engine/frameworks.ts";
import { candidates } from "../../engine/lookup.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { rule } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { absent, every, some } from "../../engine/three-values.ts";
import type { Value } from "../../engine/value.ts";
import { boundsOfScaler } from "../../facts/capacity/pod-counts.ts";
import { POOL_LABEL } from "../../facts/capacity/sizes.ts";
import { TYPE } from "../../facts/resource-types.ts";
import { containersOf } from "../../facts/workloads.ts";

const LIMIT_RANGE = "kubernetes:core/v1:LimitRange";
const BUDGET = "kubernetes:policy/v1:PodDisruptionBudget";
const AUTOSCALER = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler";
const NODE_POOL = "kubernetes:karpenter.sh/v1:NodePool";
const TEMPLATE = "spec.template.metadata.labels";
const RESOURCES = ["cpu", "memory", "ephemeral-storage"];
const LAST_PORT = 65_535;

/** More pods than any of the platform's node pools has room for. */
const MOST = 100;

/** Keys of labels that nodes have by themselves: those of Kubernetes, of Karpenter and of Amazon EKS. */
const OF_NODES = /^(?:[\w.-]+\.)?(?:kubernetes\.io|karpenter\.sh|eks\.amazonaws\.com)\//;

export const workloadsCanRun = rule({
  premise: 2,
  id: "workloads-can-run",
  severity: "high",
  description:
    "A workload has pods, each with room on a node that exists, says what its pods are, asks ports that they have, and keeps most of them while nodes change.",
  remediation:
    "Give it replicas, positive requests and limits, the labels of its pods, and a PodDisruptionBudget for exactly these pods.",
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoCapacity],
  subjects: { types: [TYPE.deployment, TYPE.statefulSet] },
  judge: [
    (it, stack) => unless(hasReplicas(it) && isScaled(it, stack), it, `have one replica at least, and ${MOST} at most`),
    (it, stack) => unless(hasRoom(it, stack), it, "request and limit something of each resource"),
    (it) => unless(isLabelled(it), it, "have the labels of its pods"),
    (it) => unless(asksOwnPorts(it), it, "ask ports that its containers have"),
    (it) => unless(findsNodes(it), it, "ask for labels that nodes have"),
    (it, stack) => unless(toleratesNodes(it, stack), it, "tolerate each taint of its node pool"),
    (it, stack) =>
      some(
        budgetsFor(stack, () => podsOf(it)),
        (budget) => keeps(budget, it),
      )
        ? undefined
        : absent(`"${it.name}" must have a disruption budget for its pods alone, of one pod at least and few at most.`),
  ],
});

const budgetsFor = candidates([BUDGET], (it) => [podsOf(it)]);
const scalersOf = candidates([AUTOSCALER], (it) => [namespaced(it, it.text("spec.scaleTargetRef.name"))]);
const rangesIn = candidates([LIMIT_RANGE], (it) => [it.text("metadata.namespace")]);

function unless(holds: boolean, { name }: ResourceView, must: string): string | undefined {
  return holds ? undefined : `"${name}" must ${must}.`;
}

/** A StatefulSet has no autoscaler that would give it pods. */
function hasReplicas(it: ResourceView): boolean {
  const replicas = it.number("spec.replicas") ?? (it.type === TYPE.statefulSet ? 0 : 1);
  return replicas >= 1 && replicas <= MOST;
}

/** Whoever scales it keeps one pod at least, and never asks for more than at most (Kubernetes, "Horizontal Pod Autoscaling"). */
function isScaled(it: ResourceView, stack: StackIndex): boolean {
  return every(
    scalersOf(stack, () => namespaced(it, it.text("metadata.name"))),
    (scaler) => {
      const isMeant =
        scaler.text("spec.scaleTargetRef.name") === it.text("metadata.name") &&
        scaler.text("metadata.namespace") === it.text("metadata.namespace");
      if (!isMeant) return true;
      const [least, most] = boundsOfScaler(scaler);
      return least >= 1 && least <= most;
    },
  );
}

/** Each quantity is positive; one that is left out is the namespace's own, where it has a limit range. */
function hasRoom(it: ResourceView, stack: StackIndex): boolean {
  const namespace = it.text("metadata.namespace");
  const isRanged = some(
    rangesIn(stack, () => namespace),
    (range) => range.text("metadata.namespace") === namespace,
  );
  return every(containersOf(it, { withInit: true }), (container) =>
    every(["resources.requests", "resources.limits"], (how) =>
      every(RESOURCES, (what) => {
        const quantity = container.at(how, what);
        return quantity === undefined ? isRanged : isPositive(quantity);
      }),
    ),
  );
}

/** Whether a quantity of Kubernetes, such as `250m`, is more than nothing. */
function isPositive(quantity: unknown): boolean {
  return typeof quantity === "number"
    ? quantity > 0
    : typeof quantity === "string" && /^(?!0+(?:\.0*)?[A-Za-z]*$)\d/.test(quantity);
}

/** Whoever looks for a workload by its labels finds what its pods say of themselves. */
function isLabelled(it: ResourceView): boolean {
  return every([LABEL.kind, LABEL.name, LABEL.tenant, LABEL.version], (label) => {
    return it.text(TEMPLATE, label) === it.text("metadata.labels", label);
  });
}

function asksOwnPorts(it: ResourceView): boolean {
  return every(containersOf(it, { withInit: true }), (container) => {
    const ports = container.list("ports");
    const areReal = every(ports, (port) => isPort(port.number("containerPort")));
    const probes = ["livenessProbe", "readinessProbe", "startupProbe"].filter((probe) => container.has(probe));
    return areReal && every(probes, (probe) => some(ports, (port) => isAsked(container, probe, port)));
  });
}

function isAsked(container: Value, probe: string, port: Value): boolean {
  const asked = container.at(`${probe}.httpGet.port`) ?? container.at(`${probe}.tcpSocket.port`);
  return asked === undefined || asked === port.at("name") || Number(asked) === port.number("containerPort");
}

function isPort(number: number | undefined): boolean {
  return number !== undefined && number >= 1 && number <= LAST_PORT;
}

function findsNodes(it: ResourceView): boolean {
  return it.entries("spec.template.spec.nodeSelector").every(([key]) => OF_NODES.test(key));
}

/** Whether its pods may be on the nodes of the pool of its stack that they select; a toleration without an effect is of each effect. */
function toleratesNodes(it: ResourceView, stack: StackIndex): boolean {
  const name = it.text("spec.template.spec.nodeSelector", POOL_LABEL);
  const pool = stack.ofType(NODE_POOL).find((one) => one.text("metadata.name") === name);
  const tolerations = it.list("spec.template.spec.tolerations");
  return every(pool?.list("spec.template.spec.taints") ?? [], (taint) =>
    some(tolerations, (one) => {
      const isOfEffect = [undefined, taint.text("effect")].includes(one.text("effect"));
      const isOfValue = one.text("operator") === "Exists" || one.text("value") === taint.text("value");
      return isOfEffect && isOfValue && one.text("key") === taint.text("key");
    }),
  );
}

function keeps(budget: ResourceView, it: ResourceView): boolean {
  const unavailable = budget.number("spec.maxUnavailable") ?? (budget.has("spec.minAvailable") ? 1 : 0);
  return podsOf(budget) === podsOf(it) && unavailable >= 1 && unavailable <= MOST / 10;
}

function namespaced(it: ResourceView, text: string | undefined): string {
  return `${it.text("metadata.namespace")} ${text}`;
}

/** The namespace and the labels of the pods that a workload or a budget is for, as one text. */
function podsOf(it: ResourceView): string {
  const labels = it.entries("spec.selector.matchLabels").map(([key, value]) => `${key} ${value.text() ?? ""}`);
  return namespaced(it, labels.toSorted().join());
}
