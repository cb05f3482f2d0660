import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { every, some } from "../engine/three-values.ts";

const INVOCATION_LOGGING = "aws:bedrockmodel/invocationLoggingConfiguration:InvocationLoggingConfiguration";

/** The kinds of payload that Bedrock logs unless they are switched off. */
const PAYLOADS = ["text", "image", "embedding", "video"];

/** The PostgreSQL parameters with which the log holds neither statements nor the values that an error message repeats. */
const WITHOUT_STATEMENTS = {
  log_statement: "none",
  log_min_duration_statement: "-1",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
} as const;

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
    types: [TYPE.database, TYPE.logDeliverySource, INVOCATION_LOGGING],
    where: (_, stack) => stack.residency === "eu",
  },
  judge: (it, stack) => {
    return LOGS[it.type]?.(it, stack) ? `"${it.name}" must not log payloads in the EU.` : undefined;
  },
});

const LOGS: Readonly<Record<string, (it: ResourceView, stack: StackIndex) => boolean>> = {
  [INVOCATION_LOGGING]: logsInvocations,
  [TYPE.database]: logsDatabase,
  [TYPE.logDeliverySource]: logsRequests,
};

/** Whether a database exports a log that may hold statements or values. */
function logsDatabase(it: ResourceView, stack: StackIndex): boolean {
  if (it.list("enabledCloudwatchLogsExports").length === 0) return false;
  const given = stack.linked(it, "dbClusterParameterGroupName").flatMap((group) => group.list("parameters"));
  return some(Object.entries(WITHOUT_STATEMENTS), ([name, value]) =>
    every(given, (each) => each.text("name") !== name || each.text("value") !== value),
  );
}

function logsInvocations(it: ResourceView): boolean {
  return some(PAYLOADS, (payload) => it.flag(`loggingConfig.${payload}DataDeliveryEnabled`) !== false);
}

/** Whether log lines are delivered that may hold requests: those of gateways do, and nothing says that those of runtimes do not. */
function logsRequests(it: ResourceView): boolean {
  return it.text("logType") === "APPLICATION_LOGS";
}
