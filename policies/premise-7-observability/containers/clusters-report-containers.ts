import { isRecord } from "../../../contracts/json.ts";
import { CLOUDWATCH_AGENT, namespaceLogGroup, nodeLogGroups } from "../../../contracts/records/container-logs.ts";
import { CONTROL } from "../../engine/frameworks.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { rule, type Fault } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { absent, some } from "../../engine/three-values.ts";
import { byOutput, referenceOf, refersTo } from "../../facts/reference.ts";
import { TYPE } from "../../facts/resource-types.ts";

const ASSOCIATION = "aws:eks/podIdentityAssociation:PodIdentityAssociation";

/** The first version whose agents receive OTLP (Amazon CloudWatch user guide, "OTLP ingestion"). */
const OLDEST = 8;

export const clustersReportContainers = rule({
  premise: 7,
  id: "clusters-report-containers",
  severity: "high",
  description:
    "Metrics, logs and spans of every container leave its node: what only the node has is lost with it. Logs go by namespace, into groups that are there before, with a key.",
  remediation: `Add the add-on ${CLOUDWATCH_AGENT.addOn} with a role of its own, after the log groups that it writes to, with log_group_template by namespace and monitorAllServices false.`,
  frameworks: [CONTROL.soc2Monitoring, CONTROL.isoMonitoring, CONTROL.pciAuditLogs],
  subjects: { types: [TYPE.cluster] },
  judge: [
    (it, stack) =>
      some(addOnsOf(it, stack), (addOn) => isRecent(addOn))
        ? undefined
        : absent(`"${it.name}" must have the add-on ${CLOUDWATCH_AGENT.addOn}, of version ${OLDEST} or later.`),
    (it, stack) =>
      some(stack.ofType(ASSOCIATION), (association) => isOfAgents(association, it, stack))
        ? undefined
        : absent(`"${it.name}" must give the agents of ${CLOUDWATCH_AGENT.addOn} a role of its own stack.`),
    (it, stack) => nodeLogGroups(nameOf(it)).map((group) => isThere(group, it, stack)),
    (it, stack) => addOnsOf(it, stack).flatMap((addOn) => faultsOf(addOn, nameOf(it))),
  ],
});

const nameOf = (cluster: ResourceView): string => cluster.text("name") ?? "";

function addOnsOf(cluster: ResourceView, stack: StackIndex): readonly ResourceView[] {
  return stack
    .ofType(TYPE.addOn)
    .filter((it) => it.text("addonName") === CLOUDWATCH_AGENT.addOn && it.text("clusterName") === nameOf(cluster));
}

/** The version that Amazon EKS chooses by itself is the newest for the cluster. */
function isRecent(addOn: ResourceView): boolean {
  if (!addOn.has("addonVersion")) return true;
  return Number(/^v(\d+)\./.exec(addOn.text("addonVersion") ?? "")?.[1] ?? 0) >= OLDEST;
}

function isOfAgents(association: ResourceView, cluster: ResourceView, stack: StackIndex): boolean {
  return (
    association.text("clusterName") === nameOf(cluster) &&
    association.text("namespace") === CLOUDWATCH_AGENT.namespace &&
    association.text("serviceAccount") === CLOUDWATCH_AGENT.serviceAccount &&
    refersTo(referenceOf(association, "roleArn"), byOutput(TYPE.role, "arn"), stack)
  );
}

function isThere(name: string, cluster: ResourceView, stack: StackIndex): Fault {
  const isBefore = (group: ResourceView): boolean =>
    addOnsOf(cluster, stack).every((addOn) => addOn.resource.dependencies.includes(group.urn));
  return some(stack.ofType(TYPE.logGroup), (it) => it.text("name") === name && it.has("kmsKeyId") && isBefore(it))
    ? undefined
    : absent(`"${cluster.name}" must have the log group ${name}, with a key, before what writes to it.`);
}

function faultsOf(addOn: ResourceView, cluster: string): readonly string[] {
  const settings = settingsIn(addOn.text("configurationValues"));
  const template = `log_group_template ${namespaceLogGroup(cluster, "$kubernetes['namespace_name']")}`;
  const logs = at(settings, ["containerLogs", "fluentBit", "config", "extraFiles", "application-log.conf"]);
  const lines = typeof logs === "string" ? logs.split("\n").map((it) => it.trim().replace(/\s+/g, " ")) : [];
  const outputs = lines.filter((it) => it === "[OUTPUT]").length;
  const monitors = at(settings, ["manager", "applicationSignals", "autoMonitor", "monitorAllServices"]);
  return [
    ...(outputs === 1 && lines.includes(template) && lines.includes("auto_create_group false")
      ? []
      : [`"${addOn.name}" must send the logs of each namespace to a group of its own, and make none.`]),
    ...(monitors === false ? [] : [`"${addOn.name}" must not put code into the pods of others (monitorAllServices).`]),
  ];
}

function settingsIn(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((it, name) => (isRecord(it) ? it[name] : undefined), value);
}
