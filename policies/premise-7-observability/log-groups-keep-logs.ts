import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import { rule } from "../engine/rule.ts";

/** One year: PCI DSS 10.5.1 demands it of audit logs. */
const RETENTION_DAYS = 365;

export const logGroupsKeepLogs = rule({
  premise: 7,
  id: "log-groups-keep-logs",
  severity: "high",
  description: "Logs are kept for a year, and not for ever: 0 days, and no number at all, mean for ever.",
  remediation: "Set `retentionInDays` to 365 or more.",
  frameworks: [CONTROL.pciRetention, CONTROL.isoLogging, CONTROL.soc2Monitoring, CONTROL.gdprMinimisation],
  subjects: { types: [TYPE.logGroup] },
  judge: (it) =>
    (it.number("retentionInDays") ?? 0) >= RETENTION_DAYS
      ? undefined
      : `"${it.name}" must keep its logs for a named number of days, at least ${RETENTION_DAYS}.`,
});
