import { CONTROL } from "../../../engine/frameworks.ts";
import type { Placed, Platform } from "../../../engine/platform.ts";
import { proof } from "../../../engine/proof.ts";
import type { ResourceView } from "../../../engine/resource-view.ts";
import type { Value } from "../../../engine/value.ts";
import { containersOf } from "../../../facts/workloads.ts";
import { podsOnEks } from "../checks/agents.ts";
import { nodeChecks } from "../checks/nodes.ts";
import { mostPods } from "../../../facts/capacity/pod-counts.ts";
import { quantityOf } from "../../../facts/capacity/quantity.ts";
import { type Cut, cutUnless, type HopChecks, walk } from "../checks/walk.ts";

const QUOTA = "kubernetes:core/v1:ResourceQuota";
const RANGE = "kubernetes:core/v1:LimitRange";
const BUDGET = "kubernetes:policy/v1:PodDisruptionBudget";
const LABEL = "app.kubernetes.io/name";
const PROBES = ["startupProbe", "readinessProbe", "livenessProbe"];

/** What Kubernetes cannot place, admit or replace never runs (Kubernetes, "resource quotas", "limit ranges", "disruptions"; Karpenter, "NodePools"). */
export const agentsFitWhereTheyRun = proof({
  premise: 2,
  id: "agents-fit-where-they-run",
  severity: "high",
  description:
    "The pods of every agent and BFF are admitted by their namespace, have nodes that take them, are found healthy, and can be replaced.",
  remediation: "Bring requests, limits, probes and budgets of the agent in line with its namespace and its node pool.",
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoCapacity],
  prove: (platform, record) => {
    for (const it of podsOnEks(platform)) walk(record, "agents-fit-where-they-run", it, checksOf(platform, it));
  },
});

type Checks = HopChecks<"agents-fit-where-they-run">;

function checksOf(platform: Platform, agent: Placed): Checks {
  return { ...nodeChecks(platform, agent), ...namespaceChecks(agent), ...ownChecks(agent) };
}

/** A cut at a resource that a sentence says what it must do, unless the condition holds. */
function must(holds: boolean, at: Placed, what: string): Cut | undefined {
  return cutUnless(holds, at, `"${at.resource.name}" must ${what}.`);
}

function namespaceChecks({ resource: it, stack }: Placed): Pick<Checks, "quota" | "range" | "drained"> {
  const inNamespace = (type: string): readonly ResourceView[] =>
    stack.ofType(type).filter((other) => other.text("metadata.namespace") === it.text("metadata.namespace"));
  return {
    quota: () => {
      const quota = inNamespace(QUOTA).find((one) => one.has("spec.hard.pods"));
      const pods = inNamespace(it.type).reduce((sum, one) => sum + mostPods({ resource: one, stack }), 0);
      const most = quantityOf(quota?.at("spec.hard.pods"));
      const admits = most === undefined || pods <= most;
      return quota && must(admits, { resource: quota, stack }, `admit ${pods} pods of its agents, with "${it.name}"`);
    },
    range: () => {
      const beyond = inNamespace(RANGE)
        .flatMap((one) => one.list("spec.limits"))
        .filter((one) => one.text("type") === "Container")
        .flatMap((limit) => limit.entries("max"))
        .some(([key, max]) => containersOf(it).some((one) => exceeds(one, key, max)));
      return must(!beyond, { resource: it, stack }, "ask for no more than its namespace allows a container");
    },
    drained: () => {
      const own = it.text("spec.template.metadata.labels", LABEL);
      const budget = inNamespace(BUDGET).find((one) => one.text("spec.selector.matchLabels", LABEL) === own);
      const lets = quantityOf(budget?.at("spec.maxUnavailable")) !== 0;
      return budget && must(lets, { resource: budget, stack }, `let a pod of "${it.name}" go`);
    },
  };
}

function ownChecks(agent: Placed): Pick<Checks, "healthy" | "replaced"> {
  const { resource: it } = agent;
  const rolling = (key: string): number | undefined => it.number(`spec.strategy.rollingUpdate.${key}`);
  return {
    healthy: () => must(containersOf(it).every(answersProbes), agent, "be probed on a port of its container"),
    replaced: () => {
      const isStuck = rolling("maxSurge") === 0 && rolling("maxUnavailable") === 0;
      return must(!isStuck, agent, "let a rollout add or take away a pod");
    },
  };
}

function exceeds(container: Value, key: string, max: Value): boolean {
  const most = quantityOf(max.at());
  const asked = ["limits", "requests"].map((it) => quantityOf(container.at(`resources.${it}`, key)) ?? 0);
  return most !== undefined && asked.some((it) => it > most);
}

/** Whether each probe asks a port that the container names, by name or by number. */
function answersProbes(container: Value): boolean {
  const ports = container.list("ports").flatMap((it) => [it.text("name"), it.number("containerPort")]);
  return PROBES.every((probe) => {
    const port = container.at(`${probe}.httpGet.port`);
    return port === undefined || ports.some((it) => it === port);
  });
}
