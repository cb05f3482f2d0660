import { CONTROL } from "../engine/frameworks.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { type Fault, rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { absent, some } from "../engine/three-values.ts";
import { grantsOf } from "../facts/grants/documents.ts";
import { TYPE } from "../facts/resource-types.ts";

/** What AgentCore does as the role of a runtime, so that its log, its metrics and its spans arrive (AgentCore developer guide, runtime-permissions). */
const ACTIONS = [
  "cloudwatch:PutMetricData",
  "logs:CreateLogStream",
  "logs:PutLogEvents",
  "logs:PutResourcePolicy",
  "xray:GetSamplingRules",
  "xray:GetSamplingTargets",
  "xray:PutTelemetryRecords",
  "xray:PutTraceSegments",
];

export const runtimesMayReport = rule({
  premise: 7,
  id: "runtimes-may-report",
  severity: "high",
  description:
    "The role of a runtime may write logs, metrics and spans: what it reports is dropped, and nobody is told, where it may not.",
  remediation: `Grant the runtime's role ${ACTIONS.join(", ")}.`,
  frameworks: [CONTROL.soc2Monitoring, CONTROL.isoLogging, CONTROL.isoMonitoring],
  subjects: { types: [TYPE.runtime] },
  judge: ACTIONS.map((action) => (it, stack) => granted(it, action, stack)),
});

function granted(runtime: ResourceView, action: string, stack: StackIndex): Fault {
  const grantors = stack
    .linked(runtime, "roleArn")
    .filter(({ type }) => type === TYPE.role)
    .flatMap((role) => [role, ...stack.referrers(role, TYPE.rolePolicy, "role")]);
  const isGranted = some(grantors, (grantor) =>
    some(grantsOf(grantor), (it) => !it.isInverted && it.resources.length > 0 && it.covers(action)),
  );
  return isGranted ? undefined : absent(`"${runtime.name}" must have a role that may ${action}.`);
}
