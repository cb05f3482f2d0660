import type * as pulumi from "@pulumi/pulumi";
import { standbyOf } from "../../environments/residency.ts";
import { ContextKey } from "../../components/compute/context-key.ts";
import { DataKey } from "../../components/encryption/data-key.ts";
import { Gateway } from "../../components/gateway/gateway.ts";
import type { Interceptor } from "../../components/gateway/interceptor.ts";
import { PolicyEngine } from "../../components/gateway/policy-engine.ts";
import { VendedLogs } from "../../components/observability/vended-logs.ts";
import { TenantNamespace } from "../../components/tenant/tenant-namespace.ts";
import { agentsOf } from "./agents/agents.ts";
import { dataOf, type TenantData } from "./data/stores.ts";
import { interceptorOf } from "./gateways/interceptors.ts";
import { type Issuer, issuersOf } from "./identity/issuers.ts";
import type { TenantSite } from "./context.ts";

/** What protects a tenant; nothing of the tenant runs before all of it exists. */
export interface Baseline {
  readonly key: DataKey;
  readonly logs: VendedLogs;
  readonly namespace: TenantNamespace;
  readonly issuers: readonly Issuer[];
  readonly contextKey: ContextKey;
  readonly data: TenantData;
  readonly gateways: readonly TenantGateway[];
  /** All of the above, to depend on. */
  readonly resources: readonly pulumi.Resource[];
}

/** A gateway, and what decides for it. */
export interface TenantGateway {
  readonly gateway: Gateway;
  readonly interceptor: Interceptor;
  readonly policyEngine: PolicyEngine;
  /** What is before a scope in the tokens of its issuer. */
  readonly scopePrefix: string | undefined;
}

/** Builds what protects a tenant: its key, its logs, its data, its namespace, who vouches for its callers, and its gateways. */
export function baselineOf(site: TenantSite): Baseline {
  const { address, place, opts } = site;
  const { tenant, region } = address;
  const key = new DataKey(
    "key",
    { place, description: `Data of ${tenant.id}`, alias: `alicerce/tenant/${tenant.id}`, standby: standbyOf(region) },
    opts,
  );
  const logs = new VendedLogs("logs", { tenant: tenant.id, kmsKeyArn: key.arn }, opts);
  const data = dataOf(site, key);
  const namespace = namespaceOf(site);
  const issuers = issuersOf(site, key);
  const contextKey = new ContextKey("context-key", { place, tenant: tenant.id }, opts);
  const gateways = gatewaysOf(site, { key, logs, issuers, contextKey, data });
  // The policies of an engine wait for targets, and with them whatever waits for the engine as a whole; a gateway has it anyway.
  const doors = gateways.flatMap((it) => [it.interceptor, it.gateway]);
  const callers = [namespace, ...issuers.flatMap((it) => it.resources)];
  // Not the data: what a server is granted of it belongs to it, and comes after the server's role.
  const resources = [key, logs, ...callers, contextKey, ...doors];
  return { key, logs, data, namespace, issuers, contextKey, gateways, resources };
}

function namespaceOf({ address, opts }: TenantSite): TenantNamespace {
  const { tenant, settings } = address;
  // One pod more for each agent: a new one starts before an old one goes.
  const maxPods = Math.max(1, agentsOf(tenant.scenarios).length) * (settings.agents.max + 1);
  return new TenantNamespace("namespace", { tenant: tenant.id, maxPods, cidr: settings.cidr }, opts);
}

function gatewaysOf(
  site: TenantSite,
  { key, logs, issuers, contextKey, data }: Pick<Baseline, "key" | "logs" | "issuers" | "contextKey" | "data">,
): readonly TenantGateway[] {
  const { address, place, alertTopicArn, opts } = site;
  const { id: tenant, residency } = address.tenant;
  // The log lines of a gateway hold what was asked and answered; under the GDPR they are not kept.
  const logTypes = residency === "eu" ? (["TRACES"] as const) : (["APPLICATION_LOGS", "TRACES"] as const);
  return issuers
    .flatMap((it) => it.gateways)
    .map(({ scenario, tokens, identity, scopePrefix }) => {
      const interceptor = interceptorOf(site, scenario, identity, { key, contextKey, table: data.table });
      const policyEngine = new PolicyEngine(`policies-${scenario}`, { tenant, scenario, key }, opts);
      const watched = { key, logs, logTypes, alertTopicArn };
      const gateway = new Gateway(
        `gateway-${scenario}`,
        { place, tenant, scenario, tokens, interceptor, policyEngine, ...watched },
        opts,
      );
      return { gateway, interceptor, policyEngine, scopePrefix };
    });
}
