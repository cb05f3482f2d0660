import type * as pulumi from "@pulumi/pulumi";
import { standbyOf } from "../environments/residency.ts";
import { DataKey } from "../components/encryption/data-key.ts";
import { Gateway } from "../components/gateway/gateway.ts";
import { VendedLogs } from "../components/observability/vended-logs.ts";
import { TenantNamespace } from "../components/tenant/tenant-namespace.ts";
import { agentsOf } from "./agents.ts";
import { type Issuer, issuersOf } from "./tenant-issuers.ts";
import type { TenantSite } from "./tenant-site.ts";

/** What protects a tenant; nothing of the tenant runs before all of it exists. */
export interface Baseline {
  readonly key: DataKey;
  readonly logs: VendedLogs;
  readonly namespace: TenantNamespace;
  readonly issuers: readonly Issuer[];
  readonly gateways: readonly Gateway[];
  /** All of the above, to depend on. */
  readonly resources: readonly pulumi.Resource[];
}

/** Builds what protects a tenant: its key, its logs, its namespace, who vouches for its callers, and its gateways. */
export function baselineOf(site: TenantSite): Baseline {
  const { address, place, opts } = site;
  const { tenant, region } = address;
  const key = new DataKey(
    "key",
    { place, description: `Data of ${tenant.id}`, alias: `alicerce/tenant/${tenant.id}`, standby: standbyOf(region) },
    opts,
  );
  const logs = new VendedLogs("logs", { tenant: tenant.id, kmsKeyArn: key.arn }, opts);
  const namespace = namespaceOf(site);
  const issuers = issuersOf(site, key);
  const gateways = gatewaysOf(site, { key, logs, issuers });
  const resources = [key, logs, namespace, ...issuers.flatMap((it) => it.resources), ...gateways];
  return { key, logs, namespace, issuers, gateways, resources };
}

function namespaceOf({ address, opts }: TenantSite): TenantNamespace {
  const { tenant, settings } = address;
  // One pod more for each agent: a new one starts before an old one goes.
  const maxPods = Math.max(1, agentsOf(tenant.scenarios).length) * (settings.agents.max + 1);
  return new TenantNamespace("namespace", { tenant: tenant.id, maxPods, cidr: settings.cidr }, opts);
}

function gatewaysOf(
  { address, place, alertTopicArn, opts }: TenantSite,
  { key, logs, issuers }: Pick<Baseline, "key" | "logs" | "issuers">,
): readonly Gateway[] {
  const { id: tenant, residency } = address.tenant;
  // The log lines of a gateway hold what was asked and answered; under the GDPR they are not kept.
  const logTypes = residency === "eu" ? (["TRACES"] as const) : (["APPLICATION_LOGS", "TRACES"] as const);
  return issuers
    .flatMap((it) => it.gateways)
    .map(
      ([scenario, tokens]) =>
        new Gateway(
          `gateway-${scenario}`,
          { place, tenant, scenario, tokens, key, logs, logTypes, alertTopicArn },
          opts,
        ),
    );
}
