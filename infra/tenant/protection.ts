import type * as pulumi from "@pulumi/pulumi";
import { type Feature, resourcesOf } from "../feature.ts";
import type { AgentIdentities } from "./agents/identities.ts";
import type { AgentTables } from "./agents/tables.ts";
import type { NamespaceFeature } from "./agents/namespace.ts";
import type { TenantEvents } from "./bff/events.ts";
import type { BffIdentities } from "./bff/identities.ts";
import type { BffSigning } from "./bff/signing.ts";
import type { TenantContext } from "./context.ts";
import type { TenantKey } from "./data/key.ts";
import type { TenantGateways } from "./gateways/gateways.ts";
import type { ContextSigning } from "./identity/context-key.ts";
import type { MachinesFeature } from "./identity/machines.ts";
import type { PartnersFeature } from "./identity/partners.ts";
import type { PoolFeature } from "./identity/pool.ts";
import type { RealmFeature } from "./identity/realm.ts";
import type { RotationFeature } from "./identity/secret-rotation.ts";
import type { TenantLogs } from "./observability/logs.ts";

/**
 * What protects a tenant. A new kind is added here: then `tenant.ts` does not compile without it, and everything that runs depends
 * on its resources.
 *
 * Not the data: what runs reads it by its outputs, and comes after it by those.
 */
export interface Protection {
  readonly key: TenantKey;
  readonly logs: TenantLogs;
  readonly namespace: NamespaceFeature;
  readonly realm: RealmFeature;
  readonly pool: PoolFeature;
  readonly machines: MachinesFeature;
  readonly partners: PartnersFeature;
  readonly agents: AgentIdentities;
  readonly tables: AgentTables;
  readonly bffSigning: BffSigning;
  readonly bffs: BffIdentities;
  readonly events: TenantEvents;
  readonly rotation: RotationFeature;
  readonly signing: ContextSigning;
  readonly gateways: TenantGateways;
  /** What stands before the gateways and the pool. */
  readonly guards: Feature;
}

/** The context of what runs (servers, agents and BFFs), which can only be had once all that protects the tenant is declared. */
export interface ProtectedContext extends TenantContext {
  readonly protection: Protection;
  /** The providers of the stack, and a dependency on every resource of the protection. */
  readonly runOpts: pulumi.ComponentResourceOptions;
}

/** The context of what runs under this protection. */
export function protectedContext(context: TenantContext, protection: Protection): ProtectedContext {
  const features: { readonly [Kind in keyof Protection]: Feature } = protection;
  return { ...context, protection, runOpts: { ...context.opts, dependsOn: [...resourcesOf(features)] } };
}
