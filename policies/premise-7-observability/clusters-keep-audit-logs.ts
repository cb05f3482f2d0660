import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import { rule } from "../engine/rule.ts";
import { some } from "../engine/three-values.ts";

const LOG_TYPES = ["api", "audit", "authenticator"];

export const clustersKeepAuditLogs = rule({
  premise: 7,
  id: "clusters-keep-audit-logs",
  severity: "high",
  description: "The cluster that runs the agents keeps logs of who did what.",
  remediation: "List api, audit and authenticator in `enabledClusterLogTypes`.",
  frameworks: [CONTROL.soc2Monitoring, CONTROL.isoLogging, CONTROL.pciAuditLogs],
  subjects: { types: [TYPE.cluster] },
  foreign: "all",
  judge: LOG_TYPES.map(
    (logType) => (it) =>
      some(it.list("enabledClusterLogTypes"), (enabled) => enabled.text() === logType)
        ? undefined
        : `"${it.name}" must keep its ${logType} log.`,
  ),
});
