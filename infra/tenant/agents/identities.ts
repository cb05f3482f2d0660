import type * as pulumi from "@pulumi/pulumi";
import { AgentIdentity } from "../../../components/agents/agent-identity.ts";
import { runtimePermissions, runtimeTrust } from "../../../components/compute/runtime-role.ts";
import { trustPods } from "../../../components/identity/service-role.ts";
import type { TenantPool } from "../../../components/identity/tenant-pool.ts";
import type { Residency } from "../../../environments/residency.ts";
import type { Environment } from "../../../environments/schema.ts";
import { isRunnable } from "../../artifacts/built-images.ts";
import type { Feature } from "../../feature.ts";
import type { TenantContext } from "../context.ts";
import type { TenantKey } from "../data/key.ts";
import type { PoolFeature } from "../identity/pool.ts";
import { type Agent, agentRuntimeName, agentService, agentsOf } from "./agents.ts";

/** An agent with an identity of its own. */
export interface RegisteredAgent extends Agent {
  readonly identity: AgentIdentity;
}

/** The tenant's agents, each with its role and its client at the pool. */
export interface AgentIdentities extends Feature {
  readonly all: readonly RegisteredAgent[];
}

/** Declares the identity of every agent that serves the tenant; there are none without a pool. */
export function agentIdentities(
  context: TenantContext,
  {
    key: { dataKey: key },
    pool: { pool, servers, agentScopes },
  }: { readonly key: TenantKey; readonly pool: PoolFeature },
): AgentIdentities {
  if (pool === undefined) return { all: [], resources: [] };
  const agents = agentsOf(context.address.tenant.scenarios).map((it) => {
    const ofGateways = servers.filter(({ scenario }) => it.scenarios.includes(scenario)).map(({ scopes }) => scopes);
    return { ...it, identity: identityOf(it, context, { key, pool, scopes: [...ofGateways, ...agentScopes] }) };
  });
  return { all: agents, resources: agents.map((it) => it.identity) };
}

interface Registration {
  readonly key: TenantKey["dataKey"];
  readonly pool: TenantPool;
  /** Of the gateways and the agents that the agent may call. */
  readonly scopes: readonly pulumi.Output<string[]>[];
}

function identityOf(agent: Agent, context: TenantContext, { key, pool, scopes }: Registration): AgentIdentity {
  const { address, place, cluster, code, opts } = context;
  const { environment, tenant } = address;
  const runtime = { place, service: agentService(agent), runtimeName: agentRuntimeName(tenant.id, agent) };
  const pods = { clusterArn: cluster.arn, namespace: tenant.id, serviceAccount: agent.name };
  const onEks = environment.agentHosting === "eks";
  return new AgentIdentity(
    agentService(agent),
    {
      place,
      tenant: tenant.id,
      agent: agent.name,
      trust: onEks ? trustPods(place, pods) : runtimeTrust(runtime),
      // A role is granted nothing for a runtime that is not there.
      hosting: onEks || !isRunnable(agent.release.digest) ? [] : runtimePermissions(runtime),
      pool,
      scopes,
      key,
      model: { id: modelFor(environment, tenant.residency), residency: tenant.residency },
      tokenCode: code.agentToken.archive(),
    },
    opts,
  );
}

/** The model of a residency; an environment that lacks one is not sound, and so has no address. */
function modelFor({ name, models }: Environment, residency: Residency): string {
  const model = models[residency];
  if (model === undefined) throw new TypeError(`${name} names no model for the residency "${residency}"`);
  return model;
}
