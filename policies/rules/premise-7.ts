import type { Rule } from "../engine/rule.ts";
import { accountsAreGuarded } from "../premise-7-observability/accounts/accounts-are-guarded.ts";
import { alarmsCanRing } from "../premise-7-observability/alarms/alarms-can-ring.ts";
import { copiesRaiseAlarms } from "../premise-7-observability/alarms/copies-raise-alarms.ts";
import { failuresRaiseAlarms } from "../premise-7-observability/alarms/failures-raise-alarms.ts";
import { eventRulesCanFire } from "../premise-7-observability/alarms/event-rules-can-fire.ts";
import { chatChannelsOnlyTell } from "../premise-7-observability/alarms/chat-channels-only-tell.ts";
import { dashboardsShowWhatIsWritten } from "../premise-7-observability/alarms/dashboards-show-what-is-written.ts";
import { gatewaysAreTried } from "../premise-7-observability/alarms/gateways-are-tried.ts";
import { logMetricsCountWhatIsWritten } from "../premise-7-observability/alarms/log-metrics-count-what-is-written.ts";
import { objectivesAreWatched } from "../premise-7-observability/alarms/objectives-are-watched.ts";
import { alertsReachSomebody } from "../premise-7-observability/alerts-reach-somebody.ts";
import { clustersKeepAuditLogs } from "../premise-7-observability/clusters-keep-audit-logs.ts";
import { clustersReportContainers } from "../premise-7-observability/containers/clusters-report-containers.ts";
import { namespacesHaveALog } from "../premise-7-observability/containers/namespaces-have-a-log.ts";
import { failoverFollowsHealth } from "../premise-7-observability/failover-follows-health.ts";
import { gatewayKeysAdmitLogDelivery } from "../premise-7-observability/gateway-keys-admit-log-delivery.ts";
import { gatewaysAndRuntimesDeliverLogsAndTraces } from "../premise-7-observability/gateways-and-runtimes-deliver-logs-and-traces.ts";
import { gatewaysRaiseAlarms } from "../premise-7-observability/gateways-raise-alarms.ts";
import { loadBalancersKeepARecord } from "../premise-7-observability/load-balancers-keep-a-record.ts";
import { logGroupsKeepLogs } from "../premise-7-observability/log-groups-keep-logs.ts";
import { recordsCannotBeChanged } from "../premise-7-observability/records-cannot-be-changed.ts";
import { regionsAreWatched } from "../premise-7-observability/regions-are-watched.ts";
import { runtimesMayReport } from "../premise-7-observability/runtimes-may-report.ts";
import { serviceLogsHaveAGroup } from "../premise-7-observability/service-logs-have-a-group.ts";
import { vpcsRecordFlows } from "../premise-7-observability/vpcs-record-flows.ts";
import { webAclsKeepARecord } from "../premise-7-observability/web-acls-keep-a-record.ts";
import { workloadsExportTelemetry } from "../premise-7-observability/workloads-export-telemetry.ts";

/** The rules of premise 7. */
export const PREMISE_7: readonly Rule[] = [
  alarmsCanRing,
  copiesRaiseAlarms,
  failuresRaiseAlarms,
  eventRulesCanFire,
  alertsReachSomebody,
  chatChannelsOnlyTell,
  dashboardsShowWhatIsWritten,
  logMetricsCountWhatIsWritten,
  objectivesAreWatched,
  clustersKeepAuditLogs,
  clustersReportContainers,
  namespacesHaveALog,
  failoverFollowsHealth,
  gatewayKeysAdmitLogDelivery,
  gatewaysAndRuntimesDeliverLogsAndTraces,
  gatewaysRaiseAlarms,
  gatewaysAreTried,
  loadBalancersKeepARecord,
  logGroupsKeepLogs,
  recordsCannotBeChanged,
  accountsAreGuarded,
  regionsAreWatched,
  runtimesMayReport,
  serviceLogsHaveAGroup,
  vpcsRecordFlows,
  webAclsKeepARecord,
  workloadsExportTelemetry,
];
