import { describe, expect, it } from "vitest";
import { judge } from "../../../../policies/engine/judge.ts";
import { workloadsCanRun } from "../../../../policies/premise-2-agent-to-agent/running/workloads-can-run.ts";
import { plans } from "../../../infra/plans.ts";
import { TODAY } from "../../../support/rule-tester.ts";
import { type Edit, edited, set } from "../../proofs/edits.ts";

const REGION = "production.eu-west-1";
const SERVER = "kubernetes:apps/v1:StatefulSet";
const BUDGET = "kubernetes:policy/v1:PodDisruptionBudget";

const { plan } = plans.get(REGION)!;

const found = (edit: Edit): readonly string[] =>
  judge(edited([plan], edit)[0]!, TODAY, [workloadsCanRun]).rules.flatMap((one) =>
    one.violations.map(({ message }) => message),
  );

const server = (value: unknown, ...path: readonly [string, ...string[]]): Edit => ({
  type: SERVER,
  name: "keycloak",
  change: set(path, value),
});
const pod = (value: unknown, ...path: readonly string[]): Edit => server(value, "spec", "template", "spec", ...path);
const budget = (value: unknown, ...path: readonly string[]): Edit => ({
  type: BUDGET,
  name: "keycloak",
  change: set(["spec", ...path], value),
});

it.each([...plans.keys()].filter((it) => it.startsWith("production.eu-west-1")))("holds in %s", (stack) => {
  const [verdict] = judge(plans.get(stack)!.plan, TODAY, [workloadsCanRun]).rules;
  expect([verdict?.violations, verdict?.undetermined]).toEqual([[], []]);
  expect(verdict?.judged).toBeGreaterThan(0);
});

it.each([
  ["one more replica", server(3, "spec", "replicas")],
  ["more memory", pod("4Gi", "containers", "0", "resources", "limits", "memory")],
  ["half a processor", pod("0.5", "containers", "0", "resources", "requests", "cpu")],
  ["a zone of nodes", pod("euw1-az1", "nodeSelector", "topology.kubernetes.io/zone")],
] satisfies readonly (readonly [string, Edit])[])("accepts %s", (_, edit) => {
  expect(found(edit)).toEqual([]);
});

const ROOM = "request and limit something of each resource";
const PORTS = "ask ports that its containers have";
const LABELS = "have the labels of its pods";
const KEPT = "have a disruption budget for its pods alone, of one pod at least and few at most";

describe("refuses", () => {
  it.each([
    ["no replica", server(0, "spec", "replicas"), "have one replica at least, and 100 at most"],
    ["no number of replicas", server(undefined, "spec", "replicas"), "have one replica at least, and 100 at most"],
    [
      "more replicas than there is room for",
      server(1000, "spec", "replicas"),
      "have one replica at least, and 100 at most",
    ],
    ["no memory", pod("0", "containers", "0", "resources", "limits", "memory"), ROOM],
    ["no processor for what runs first", pod("0m", "initContainers", "0", "resources", "requests", "cpu"), ROOM],
    [
      "no request, where the namespace has none",
      pod(undefined, "containers", "0", "resources", "requests", "cpu"),
      ROOM,
    ],
    ["a probe of a port that is not there", pod(9001, "containers", "0", "ports", "1", "containerPort"), PORTS],
    ["a port that no computer has", pod(8_443_000, "containers", "0", "ports", "0", "containerPort"), PORTS],
    ["another name than its pods", server("other", "metadata", "labels", "app.kubernetes.io/name"), LABELS],
    ["no kind, though its pods have one", server(undefined, "metadata", "labels", "alicerce.dev/kind"), LABELS],
    ["nodes by a label that none has", pod("none", "nodeSelector", "zone"), "ask for labels that nodes have"],
    ["no budget", { type: BUDGET, name: "keycloak" }, KEPT],
    ["a budget for other pods", budget("other", "selector", "matchLabels", "app.kubernetes.io/name"), KEPT],
    ["a budget for more pods", budget(undefined, "selector", "matchLabels", "app.kubernetes.io/name"), KEPT],
    ["a budget that lets no pod go", budget(0, "maxUnavailable"), KEPT],
    ["a budget that lets all pods go", budget(1000, "maxUnavailable"), KEPT],
  ] satisfies readonly (readonly [string, Edit, string])[])("%s", (_, edit, must) => {
    expect(found(edit)).toEqual([`"keycloak" must ${must}.`]);
  });
});
