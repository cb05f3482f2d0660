import { CANDIDATE, KIND, LABEL, TAG } from "../../contracts/tags.ts";
import { TYPE } from "./resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import type { Subjects } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import type { Value } from "../engine/value.ts";
import { majorOf } from "./versions.ts";

/** The port on which agents serve A2A. */
export const A2A_PORT = { name: "a2a", number: 9000 } as const;

/** Where the pod is in each kind of Kubernetes object that runs pods. */
const POD_PATH: Readonly<Record<string, string>> = {
  "kubernetes:apps/v1:ReplicaSet": "spec.template.spec",
  "kubernetes:core/v1:Pod": "spec",
  "kubernetes:core/v1:ReplicationController": "spec.template.spec",
  [TYPE.cronJob]: "spec.jobTemplate.spec.template.spec",
  [TYPE.daemonSet]: "spec.template.spec",
  [TYPE.deployment]: "spec.template.spec",
  [TYPE.job]: "spec.template.spec",
  [TYPE.statefulSet]: "spec.template.spec",
};

/** The kinds of Kubernetes objects that run pods. */
export const POD_TYPES = Object.keys(POD_PATH);

/** AgentCore runtimes that serve MCP. */
export const mcpRuntimes: Subjects = { types: [TYPE.runtime], where: isMcpRuntime };

/** Agents that serve others, wherever they are hosted: those that say so, and in a tenant's stack what does not say what it is. */
export const servingAgents: Subjects = {
  types: [TYPE.runtime, TYPE.deployment, TYPE.statefulSet, TYPE.daemonSet],
  where: isAgent,
};

/** Agents in objects whose number of pods can be chosen. */
export const scalableAgents: Subjects = { types: [TYPE.deployment, TYPE.statefulSet], where: isAgent };

/** Agents, in whatever runs them. */
export const agents: Subjects = { types: [TYPE.runtime, ...POD_TYPES], where: isAgent };

/** BFFs, in whatever runs their pods. */
export const bffs: Subjects = { types: POD_TYPES, where: (it) => it.label(LABEL.kind) === KIND.bff };

/** MCP servers, agents and BFFs, in whatever runs them. */
export const workloads: Subjects = {
  types: agents.types,
  where: (it, stack) => it.type === TYPE.runtime || isAgent(it, stack) || it.label(LABEL.kind) === KIND.bff,
};

/** Whether an AgentCore runtime serves MCP: if it says so by its protocol, or does not say by its tag that it is an agent. */
export function isMcpRuntime(it: ResourceView): boolean {
  return it.tag(TAG.kind) !== KIND.agent || it.text("protocolConfiguration.serverProtocol") === "MCP";
}

/** Whether a runtime serves a candidate: a release on trial, which is not one of the retained majors. */
export function isCandidate(it: ResourceView): boolean {
  return it.tag(TAG.track) === CANDIDATE;
}

/** Whether a runtime serves one of the majors that run side by side; `workloads-carry-a-semantic-version` refuses one without a version. */
export function isRetained(it: ResourceView): boolean {
  return isMcpRuntime(it) && !isCandidate(it) && majorOf(it.tag(TAG.version)) !== undefined;
}

/** The path of the pod in an object that runs pods. */
export function podPathOf(it: ResourceView): string {
  return POD_PATH[it.type] ?? "spec.template.spec";
}

/** The containers of a Kubernetes workload, with its `initContainers` if `withInit`. */
export function containersOf(it: ResourceView, { withInit = false } = {}): readonly Value[] {
  const pod = podPathOf(it);
  const containers = it.list(`${pod}.containers`);
  return withInit ? [...containers, ...it.list(`${pod}.initContainers`)] : containers;
}

/** An environment variable of a workload; `read` answers `undefined` where another object holds the value. */
export interface Setting {
  readonly name: string;
  readonly read: () => string | undefined;
}

/** The environment variables of a runtime, of a Lambda function, or of every container of a Kubernetes workload. */
export function settingsOf(it: ResourceView): readonly Setting[] {
  if (it.type === TYPE.runtime || it.type === TYPE.function) {
    const path = it.type === TYPE.runtime ? "environmentVariables" : "environment.variables";
    return it.entries(path).map(([name, value]) => ({ name, read: () => value.text() }));
  }
  return containersOf(it, { withInit: true })
    .flatMap((container) => container.list("env"))
    .map((entry) => ({ name: entry.text("name") ?? "", read: () => entry.text("value") }));
}

/** The top-level input that holds what a workload is told. */
export function inputOfSettings({ type }: ResourceView): string {
  if (type === TYPE.runtime) return "environmentVariables";
  return type === TYPE.function ? "environment" : "spec";
}

/** `namespace/name` of a Kubernetes object. */
export function namespacedName(it: ResourceView): string {
  return `${it.text("metadata.namespace") ?? "default"}/${it.text("metadata.name") ?? ""}`;
}

function isAgent(it: ResourceView, stack: StackIndex): boolean {
  if (it.type === TYPE.runtime) return it.tag(TAG.kind) === KIND.agent;
  const kind = it.label(LABEL.kind);
  return kind === KIND.agent || (kind === undefined && stack.tenant !== undefined);
}

/** A version of Kubernetes; by default the latest (Kubernetes, "Pod Security Admission"). */
const VERSION = /^(?:latest|v1\.\d+)$/;

/** Whether a namespace admits pods of the standard `restricted` alone. */
export function restrictsPods(namespace: ResourceView): boolean {
  const version = namespace.label("pod-security.kubernetes.io/enforce-version") ?? "latest";
  return namespace.label("pod-security.kubernetes.io/enforce") === "restricted" && VERSION.test(version);
}

/** The images of a runtime, or of the containers of pods, those that run first included. */
export function imagesOf(it: ResourceView): readonly string[] {
  const image = it.text("agentRuntimeArtifact.containerConfiguration.containerUri");
  if (it.type === TYPE.runtime) return image === undefined ? [] : [image];
  return containersOf(it, { withInit: true }).flatMap((container) => container.text("image") ?? []);
}
