import { burnAlarms } from "../../../components/observability/objectives/burn-alarms.ts";
import { workloadMetrics } from "../../../components/observability/objectives/workload-metrics.ts";
import { WORKLOAD_METRICS } from "../../../contracts/records/metrics.ts";
import type { Scenario } from "../../../contracts/scenarios.ts";
import { availabilityOf } from "../../../environments/observability/objectives.ts";
import { bffService } from "../bff/bffs.ts";
import type { TenantContext } from "../context.ts";
import type { TenantWorkloads } from "../workloads.ts";
import type { TenantLogs } from "./logs.ts";

/** What runs, and where its pods write. */
export interface ObjectivesUpstream extends TenantWorkloads {
  readonly logs: TenantLogs;
}

/** Declares who hears that an agent or a BFF fails more often than promised; of agents on AgentCore Runtime there are AWS's metrics alone. */
export function tenantObjectives(context: TenantContext, { logs, agents, bffs }: ObjectivesUpstream): void {
  const { address, alertTopicArn: topicArn, provider } = context;
  const inPods = agents.all.flatMap(({ agent, runtime }) => (runtime === undefined ? [agent] : []));
  const promised: readonly (readonly [workload: string, scenarios: readonly Scenario[]])[] = [
    ...inPods.map((it) => [it.name, it.scenarios] as const),
    ...bffs.all.map((it) => [bffService(it), [it.scenario]] as const),
  ];
  if (promised.length === 0) return;
  workloadMetrics("workloads", { logGroupName: logs.pods.name }, { provider });
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
