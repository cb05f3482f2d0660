import { CONTROL } from "../engine/frameworks.ts";
import { candidates } from "../engine/lookup.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { absent, some } from "../engine/three-values.ts";
import { TYPE } from "../facts/resource-types.ts";

/** The log groups to which AWS writes for a resource, by names of its own. */
const GROUPS: Readonly<Record<string, (it: ResourceView) => readonly string[]>> = {
  [TYPE.endpoint]: (it) => [
    `/aws/bedrock-agentcore/runtimes/${it.text("agentRuntimeId") ?? ""}-${it.text("name") ?? ""}`,
  ],
  [TYPE.cluster]: (it) =>
    it.list("enabledClusterLogTypes").length === 0 ? [] : [`/aws/eks/${it.text("name") ?? ""}/cluster`],
  [TYPE.database]: (it) =>
    it
      .texts("enabledCloudwatchLogsExports")
      .map((log) => `/aws/rds/cluster/${it.text("clusterIdentifier") ?? ""}/${log}`),
};

export const serviceLogsHaveAGroup = rule({
  premise: 7,
  id: "service-logs-have-a-group",
  severity: "high",
  description:
    "Where a service writes logs, the stack has the group before it, with a key: AWS would make one without a key, that keeps them for ever.",
  remediation: "Declare the LogGroup of that name, with `kmsKeyId`, and let the resource depend on it.",
  frameworks: [CONTROL.pciRetention, CONTROL.isoLogging, CONTROL.soc2Monitoring, CONTROL.gdprSecurity],
  subjects: { types: Object.keys(GROUPS) },
  judge: (it, stack) =>
    (GROUPS[it.type]?.(it) ?? []).map((name) =>
      some(
        groupsNamed(stack, () => name),
        (group) => group.text("name") === name && isReady(group, it, stack),
      )
        ? undefined
        : absent(`"${it.name}" must come after the log group ${name}, which has a key.`),
    ),
});

const groupsNamed = candidates([TYPE.logGroup], (it) => [it.text("name")]);

function isReady(group: ResourceView, it: ResourceView, stack: StackIndex): boolean {
  return group.has("kmsKeyId") && comesAfter(it, group, stack);
}

/** Whether a resource, or a component that it is part of, depends on another. */
function comesAfter(it: ResourceView, other: ResourceView, stack: StackIndex): boolean {
  return [it, ...stack.ancestorsOf(it)].some(({ resource }) => resource.dependencies.includes(other.urn));
}
