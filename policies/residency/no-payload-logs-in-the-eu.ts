import { CONTROL } from "../engine/frameworks.ts";
import { logsStatements, turnsStatementsOn } from "../facts/residency/database-logs.ts";
import { byOutput, referenceOf, referred } from "../facts/reference.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { some } from "../engine/three-values.ts";
import type { Value } from "../engine/value.ts";

const INVOCATION_LOGGING = "aws:bedrockmodel/invocationLoggingConfiguration:InvocationLoggingConfiguration";
const CLUSTER_INSTANCE = "aws:rds/clusterInstance:ClusterInstance";
const CLUSTER_PARAMETERS = "aws:rds/clusterParameterGroup:ClusterParameterGroup";
const PARAMETERS = "aws:rds/parameterGroup:ParameterGroup";

/** The kinds of payload that Bedrock logs unless they are switched off. */
const PAYLOADS = ["text", "image", "embedding", "video"];

export const noPayloadLogsInTheEu = rule({
  premise: "residency",
  id: "no-payload-logs-in-the-eu",
  severity: "critical",
  description:
    "What EU users say and store is not copied into logs: neither by a gateway or runtime nor by a model nor by a database.",
  remediation:
    "Take out the APPLICATION_LOGS source, each kind of data delivery of model invocations, and statements in logs of databases.",
  frameworks: [CONTROL.gdprMinimisation, CONTROL.gdprByDesign, CONTROL.isoPrivacy],
  subjects: {
    types: [TYPE.database, TYPE.databaseInstance, CLUSTER_INSTANCE, TYPE.logDeliverySource, INVOCATION_LOGGING],
    where: (_, stack) => stack.residency === "eu",
  },
  judge: (it, stack) => {
    return LOGS[it.type]?.(it, stack) ? `"${it.name}" must not log payloads in the EU.` : undefined;
  },
});

const LOGS: Readonly<Record<string, (it: ResourceView, stack: StackIndex) => boolean>> = {
  [INVOCATION_LOGGING]: logsInvocations,
  [TYPE.database]: (it, stack) =>
    logsStatements(it, parametersOf(it, "dbClusterParameterGroupName", CLUSTER_PARAMETERS, stack) ?? []),
  [TYPE.databaseInstance]: (it, stack) =>
    logsStatements(it, parametersOf(it, "parameterGroupName", PARAMETERS, stack) ?? []),
  [CLUSTER_INSTANCE]: overridesCluster,
  [TYPE.logDeliverySource]: logsRequests,
};

/** The parameters of the group that a database names; `undefined` for a group that is none of the stack's. */
function parametersOf(it: ResourceView, input: string, type: string, stack: StackIndex): readonly Value[] | undefined {
  return referred(referenceOf(it, input), byOutput(type, "name", "id"), stack)?.list("parameters");
}

/** Whether an instance may log what its cluster does not: the parameters of an instance count before those of the cluster. */
function overridesCluster(it: ResourceView, stack: StackIndex): boolean {
  const input = "dbParameterGroupName";
  if (!it.has(input) || isDefaultGroup(it, input)) return false;
  const parameters = parametersOf(it, input, PARAMETERS, stack);
  return parameters === undefined || turnsStatementsOn(parameters);
}

/** Amazon RDS names the groups that it gives `default.…`; nobody can change them. */
function isDefaultGroup(it: ResourceView, input: string): boolean {
  return it.text(input)?.startsWith("default.") === true;
}

function logsInvocations(it: ResourceView): boolean {
  return some(PAYLOADS, (payload) => it.flag(`loggingConfig.${payload}DataDeliveryEnabled`) !== false);
}

/** Whether log lines are delivered that may hold requests: those of gateways do, and nothing says that those of runtimes do not. */
function logsRequests(it: ResourceView): boolean {
  return it.text("logType") === "APPLICATION_LOGS";
}
