import { burnAlarms } from "../../../components/observability/objectives/burn-alarms.ts";
import { databaseObjectives } from "../../../components/observability/objectives/database-objectives.ts";
import { businessMetrics, workloadMetrics } from "../../../components/observability/objectives/workload-metrics.ts";
import { WORKLOAD_METRICS } from "../../../contracts/records/metrics.ts";
import type { Scenario } from "../../../contracts/scenarios.ts";
import { availabilityOf } from "../../../environments/observability/objectives.ts";
import { bffService } from "../bff/bffs.ts";
import type { TenantContext } from "../context.ts";
import type { TenantStores } from "../data/stores.ts";
import type { TenantWorkloads } from "../workloads.ts";
import type { TenantLogs } from "./logs.ts";

/** What runs, and where its pods write. */
export interface ObjectivesUpstream extends TenantWorkloads {
  readonly logs: TenantLogs;
  readonly stores: TenantStores;
}

/**
 * Declares who hears that an agent or a BFF fails more often than promised, or that the tenant's database is slow or full; of agents on
 * AgentCore Runtime there are AWS's metrics alone.
 */
export function tenantObjectives(context: TenantContext, { logs, stores, agents, bffs }: ObjectivesUpstream): void {
  const { address, alertTopicArn: topicArn, provider } = context;
  const { clusterIdentifier } = stores.database;
  databaseObjectives("database", { clusterIdentifier, topicArn }, { provider });
  const inPods = agents.all.flatMap(({ agent, runtime }) => (runtime === undefined ? [agent] : []));
  const promised: readonly (readonly [workload: string, scenarios: readonly Scenario[]])[] = [
    ...inPods.map((it) => [it.name, it.scenarios] as const),
    ...bffs.all.map((it) => [bffService(it), [it.scenario]] as const),
  ];
  if (promised.length === 0) return;
  const logGroupName = logs.pods.name;
  workloadMetrics("workloads", { logGroupName }, { provider });
  businessMetrics("business", { logGroupName, scenarios: bffs.all.map(({ scenario }) => scenario) }, { provider });
  for (const [workload, scenarios] of promised) {
    const dimensions = { tenant: address.tenant.id, workload };
    const availabilityPercent = availabilityOf(scenarios);
    burnAlarms(
      `workload-${workload}`,
      { subject: `calls of ${workload}`, namespace: WORKLOAD_METRICS, dimensions, availabilityPercent, topicArn },
      { provider },
    );
  }
}
