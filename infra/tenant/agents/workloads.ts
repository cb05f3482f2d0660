import * as pulumi from "@pulumi/pulumi";
import { KIND } from "../../../contracts/tags.ts";
import { AgentDeployment } from "../../../components/agents/agent-deployment.ts";
import { imageUri } from "../../../components/compute/image-repository.ts";
import { Runtime } from "../../../components/compute/runtime.ts";
import { agentRuntimeName, agentService } from "./agents.ts";
import { requireBuilt } from "../../artifacts/built-images.ts";
import type { Baseline } from "../foundation.ts";
import type { RegisteredAgent } from "../identity/issuers.ts";
import type { TenantSite } from "../context.ts";

/** Runs the agents of a tenant's scenarios where the environment hosts agents. */
export function runAgents(site: TenantSite, baseline: Baseline): void {
  const agents = baseline.issuers.flatMap((it) => it.agents);
  for (const it of agents) requireBuilt(agentService(it), it.release.digest);
  if (site.address.environment.agentHosting === "eks") onEks(site, baseline, agents);
  else onRuntime(site, baseline, agents);
}

function onEks(site: TenantSite, baseline: Baseline, agents: readonly RegisteredAgent[]): void {
  const { address, place, cluster, opts } = site;
  for (const agent of agents) {
    new AgentDeployment(
      agentService(agent),
      {
        tenant: address.tenant.id,
        agent: agent.name,
        version: agent.release.version,
        imageUri: imageUri(place, agentService(agent), agent.release.digest),
        namespace: baseline.namespace.namespace,
        clusterName: cluster.name,
        role: agent.identity.role,
        environment: environmentOf(agent, site, baseline),
        scale: address.settings.agents,
      },
      { ...opts, dependsOn: [...baseline.resources] },
    );
  }
}

/** Agents of one tenant call each other; nobody else calls them. */
function onRuntime(site: TenantSite, baseline: Baseline, agents: readonly RegisteredAgent[]): void {
  const { address, place, network, opts } = site;
  const callerArns = agents.map((it) => it.identity.role.arn);
  for (const agent of agents) {
    const { name, release } = agent;
    const service = agentService(agent);
    const runtime = new Runtime(
      service,
      {
        place,
        network,
        workload: {
          kind: KIND.agent,
          service: name,
          version: release.version,
          serverProtocol: "A2A",
          imageUri: imageUri(place, service, release.digest),
          environment: environmentOf(agent, site, baseline),
        },
        runtimeName: agentRuntimeName(address.tenant.id, agent),
        role: agent.identity.role,
        callerArns,
        kmsKeyArn: baseline.key.arn,
        logs: baseline.logs,
      },
      { ...opts, dependsOn: [...baseline.resources] },
    );
    const peers = agents.filter((it) => it !== agent);
    peers.forEach((peer) => runtime.grantInvoke(`${agentService(peer)}-to-${name}`, peer.identity.role));
  }
}

function environmentOf(
  agent: RegisteredAgent,
  { address, place }: TenantSite,
  { gateways }: Baseline,
): Readonly<Record<string, pulumi.Input<string>>> {
  const urls = gateways
    .map((it) => it.gateway)
    .filter((it) => agent.scenarios.includes(it.scenario))
    .map((it) => [it.scenario, it.url] as const);
  return {
    ...agent.identity.environment,
    AWS_REGION: place.region,
    // A JSON object: the URL of the gateway of each scenario in which the agent serves.
    GATEWAY_URL: pulumi.jsonStringify(Object.fromEntries(urls)),
    TENANT_ID: address.tenant.id,
  };
}
