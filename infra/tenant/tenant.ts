import * as pulumi from "@pulumi/pulumi";
import type { Outputs, TenantOutputs } from "../outputs.ts";
import { agentIdentities } from "./agents/identities.ts";
import { agentTables } from "./agents/tables.ts";
import { tenantNamespace } from "./agents/namespace.ts";
import { bffAddress } from "./bff/bffs.ts";
import { tenantEvents } from "./bff/events.ts";
import { bffIdentities } from "./bff/identities.ts";
import { bffSigning as signingOfBffs } from "./bff/signing.ts";
import { type TenantAddress, type TenantContext, tenantContext } from "./context.ts";
import { tenantBackups } from "./data/backups.ts";
import { tenantDocuments } from "./data/documents.ts";
import { tenantKey } from "./data/key.ts";
import { tenantStores } from "./data/stores.ts";
import { tenantCanaries } from "./gateways/canaries.ts";
import { tenantGateways } from "./gateways/gateways.ts";
import { tenantGuards } from "./gateways/guards.ts";
import { gatewayPolicies } from "./gateways/policies.ts";
import { contextSigning } from "./identity/context-key.ts";
import { tenantMachines } from "./identity/machines.ts";
import { tenantPartners } from "./identity/partners.ts";
import { tenantPool } from "./identity/pool.ts";
import { tenantRealm } from "./identity/realm.ts";
import { tenantRotation } from "./identity/secret-rotation.ts";
import { tenantDashboard } from "./observability/dashboard.ts";
import { tenantObjectives } from "./observability/objectives.ts";
import { tenantSignInAlarms } from "./observability/sign-in-alarms.ts";
import { tenantLogs } from "./observability/logs.ts";
import { protectedContext, type Protection } from "./protection.ts";
import { serverNeeds } from "./servers/needs.ts";
import { tenantServers } from "./servers/servers.ts";
import { tenantWorkloads } from "./workloads.ts";

/** Declares all that is one tenant's in one region: first what protects it, then what runs. */
export async function buildTenant(name: string, address: TenantAddress): Promise<Outputs<TenantOutputs>> {
  const context = await tenantContext(name, address);
  const needs = await serverNeeds(context);
  const key = tenantKey(context);
  const logs = tenantLogs(context, key);
  const stores = tenantStores(context, key);
  const namespace = tenantNamespace(context);
  const realm = tenantRealm(context);
  const pool = tenantPool(context, key);
  const machines = tenantMachines(context, { key, pool });
  const partners = tenantPartners(context, { key, pool });
  const agents = agentIdentities(context, { key, pool });
  const tables = agentTables(context, { key, agents });
  const bffSigning = signingOfBffs(context);
  const bffs = bffIdentities(context, { key, pool, bffSigning });
  const events = tenantEvents(context, { key, agents, bffs });
  const rotation = tenantRotation(context, { key, pool, agents, bffs, machines, partners });
  const signing = contextSigning(context);
  const gateways = tenantGateways(context, { key, logs, stores, realm, pool, agents, machines, bffSigning, signing });
  const guards = tenantGuards(context, { gateways, pool });
  const workloads = { agents, tables, machines, partners, bffSigning, bffs, events, rotation };
  const protection: Protection = { key, logs, namespace, realm, pool, ...workloads, signing, gateways, guards };

  const running = protectedContext(context, protection);
  const documents = tenantDocuments(context, stores);
  const { servers } = tenantServers(running, { stores, documents, needs });
  gatewayPolicies(context, gateways, servers);
  tenantCanaries(context, { key, pool, machines, gateways });
  const runs = tenantWorkloads(running);
  tenantBackups(context, { key, stores, tables, bffs: runs.bffs });
  tenantDashboard(context);
  tenantObjectives(context, { logs, stores, ...runs });
  tenantSignInAlarms(context, { pool, bffs });
  return outputsOf(context, protection);
}

/** What others may know of a tenant's stack. */
function outputsOf({ address }: TenantContext, protection: Protection): Outputs<TenantOutputs> {
  const { bffs, gateways, key, namespace, pool, realm } = protection;
  return {
    gateways: pulumi.output(Object.fromEntries(gateways.all.map(({ gateway: it }) => [it.scenario, it.url]))),
    issuers: pulumi.output({
      ...(realm.realm && { keycloak: realm.realm.discoveryUrl }),
      ...(pool.pool && { cognito: pool.pool.discoveryUrl }),
    }),
    bffs: pulumi.output(Object.fromEntries(bffs.all.map((it) => [it.scenario, bffAddress(it, address).url]))),
    keyArn: key.dataKey.arn,
    namespace: namespace.name,
  };
}
