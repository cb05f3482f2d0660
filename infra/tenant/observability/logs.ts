import type * as aws from "@pulumi/aws";
import { logGroup } from "../../../components/observability/container-telemetry.ts";
import { namespaceLogGroup } from "../../../contracts/records/container-logs.ts";
import { VendedLogs } from "../../../components/observability/vended-logs.ts";
import type { Feature } from "../../feature.ts";
import type { TenantContext } from "../context.ts";
import type { TenantKey } from "../data/key.ts";

/** Where the tenant's gateways and runtimes write. */
export interface TenantLogs extends Feature {
  readonly vended: VendedLogs;
  /** Where its pods write. */
  readonly pods: aws.cloudwatch.LogGroup;
}

/** Declares the log groups of the tenant's gateways and runtimes, and of its pods, under the tenant's key. */
export function tenantLogs({ address, cluster, provider, opts }: TenantContext, { dataKey }: TenantKey): TenantLogs {
  const { id: tenant, residency } = address.tenant;
  // The log lines of a gateway hold what was asked and answered, and nobody says that those of a runtime do not; under the GDPR they are not kept.
  const logTypes = residency === "eu" ? (["TRACES"] as const) : (["APPLICATION_LOGS", "TRACES"] as const);
  const vended = new VendedLogs("logs", { tenant, kmsKeyArn: dataKey.arn, logTypes }, opts);
  const ofPods = cluster.name.apply((it) => namespaceLogGroup(it, tenant));
  const pods = logGroup("pod-logs", ofPods, dataKey.arn, { provider });
  return { vended, pods, resources: [vended, pods] };
}
