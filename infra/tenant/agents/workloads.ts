import * as pulumi from "@pulumi/pulumi";
import { AGENT_REQUEST_HEADERS } from "../../../contracts/agents/identity.ts";
import { calledBy } from "../../../contracts/agents/names.ts";
import { KIND } from "../../../contracts/tags.ts";
import { AgentDeployment } from "../../../components/agents/agent-deployment.ts";
import { imageUri } from "../../../components/compute/image-repository.ts";
import { Runtime } from "../../../components/compute/runtime.ts";
import { runtimeVersion } from "../../../releases/runtime-versions.ts";
import type { AgentEnvironment, AgentEventEnvironment } from "../../../contracts/agents/environment.ts";
import { variables } from "../../artifacts/service-environment.ts";
import { isRunnable } from "../../artifacts/built-images.ts";
import { agentScale, agentSize } from "../../../environments/capacity/agent-sizes.ts";
import { loadOf } from "../../../environments/capacity/region-load.ts";
import type { Feature } from "../../feature.ts";
import type { ProtectedContext } from "../protection.ts";
import { agentRuntimeName, agentService } from "./agents.ts";
import type { RegisteredAgent } from "./identities.ts";

/** The agents that run. */
export interface RunningAgents extends Feature {
  readonly all: readonly {
    readonly agent: RegisteredAgent;
    /** Absent on Amazon EKS. */
    readonly runtime: Runtime | undefined;
  }[];
}

/** Runs the agents of a tenant's scenarios where the environment hosts agents; those that have no image yet are left out, and named. */
export function tenantAgents(context: ProtectedContext): RunningAgents {
  const agents = context.protection.agents.all.filter(({ name, release }) => {
    if (isRunnable(release.digest)) return true;
    void pulumi.log.warn(
      `agent "${name}" is not deployed: the image of its release ${release.version} was never built`,
    );
    return false;
  });
  const onEks = context.address.environment.agentHosting === "eks";
  if (onEks) {
    return { resources: deployments(context, agents), all: agents.map((agent) => ({ agent, runtime: undefined })) };
  }
  const declared = runtimes(context, agents);
  return { resources: declared, all: agents.map((agent, index) => ({ agent, runtime: declared[index] })) };
}

function deployments(context: ProtectedContext, agents: readonly RegisteredAgent[]): readonly AgentDeployment[] {
  const { address, place, cluster, protection, runOpts } = context;
  return agents.map((agent) => {
    const size = agentSize(agent.name);
    return new AgentDeployment(
      agentService(agent),
      {
        tenant: address.tenant.id,
        agent: agent.name,
        version: agent.release.version,
        imageUri: imageUri(place, agentService(agent), agent.release.digest),
        namespace: protection.namespace.name,
        clusterName: cluster.name,
        role: agent.identity.role,
        environment: environmentOf(agent, context),
        hosts: protection.pool.pool ? [protection.pool.pool.host] : [],
        size,
        scale: agentScale(size, address.settings),
      },
      runOpts,
    );
  });
}

/** An agent is told where those are that it calls, so they come first. */
function runtimes(context: ProtectedContext, agents: readonly RegisteredAgent[]): readonly Runtime[] {
  const declared = new Map<string, Runtime>();
  const declare = (agent: RegisteredAgent): Runtime => {
    const known = declared.get(agent.name);
    if (known !== undefined) return known;
    const called = agents.filter(({ name }) => calledBy(agent.name).includes(name));
    const peers = called.map((it) => ({ name: it.name, runtime: declare(it) }));
    const runtime = runtimeOf(agent, context, { agents, peers });
    declared.set(agent.name, runtime);
    return runtime;
  };
  return agents.map(declare);
}

interface Neighbours {
  readonly agents: readonly RegisteredAgent[];
  /** The agents that it calls. */
  readonly peers: readonly { readonly name: string; readonly runtime: Runtime }[];
}

/** Agents that call it, and the tenant's BFFs of its scenarios, may call it; nobody else may. */
function runtimeOf(agent: RegisteredAgent, context: ProtectedContext, { agents, peers }: Neighbours): Runtime {
  const { address, place, network, protection, runOpts } = context;
  const { name, release, scenarios } = agent;
  const callers = [
    ...agents.filter((it) => calledBy(it.name).includes(name)),
    ...protection.bffs.all.filter((it) => scenarios.includes(it.scenario)),
  ];
  const service = agentService(agent);
  const urls = Object.fromEntries(peers.map((it) => [it.name, it.runtime.arn]));
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
        requestHeaders: AGENT_REQUEST_HEADERS,
        environment: { ...environmentOf(agent, context), AGENT_URLS: pulumi.jsonStringify(urls) },
      },
      runtimeName: agentRuntimeName(address.tenant.id, agent),
      agentRuntimeVersion: runtimeVersion(context.name, service),
      role: agent.identity.role,
      callerArns: callers.map((it) => it.identity.role.arn),
      kmsKeyArn: protection.key.dataKey.arn,
      logs: protection.logs.vended,
    },
    runOpts,
  );
  for (const it of peers) it.runtime.grantInvoke(`${service}-to-${it.name}`, agent.identity.role);
  return runtime;
}

/** The variables of the process, which are those that its configuration names. */
function environmentOf(
  agent: RegisteredAgent,
  { address, place, protection, storeUrls }: ProtectedContext,
): Readonly<Record<string, pulumi.Input<string>>> {
  const { gateways, events, bffSigning, pool, tables } = protection;
  const { TASKS_TABLE, EVENTS_TABLE } = tables.names[agent.name] ?? {};
  const [scope] = pool.agentScopes;
  if (!bffSigning.contextKey || !pool.pool || !scope || !TASKS_TABLE)
    throw new TypeError("an agent is only registered where there is a pool");
  const urls = gateways.all
    .map((it) => it.gateway)
    .filter((it) => agent.scenarios.includes(it.scenario))
    .map((it) => [it.scenario, it.url] as const);
  const own = variables<AgentEnvironment>({
    ...agent.identity.environment,
    AWS_REGION: place.region,
    GATEWAY_URL: pulumi.jsonStringify(Object.fromEntries(urls)),
    GATEWAY_CONCURRENCY: `${loadOf(place.region).maxConcurrentRequests}`,
    TENANT_ID: address.tenant.id,
    AGENT_HOSTING: address.environment.agentHosting,
    ISSUER: pool.pool.issuer,
    A2A_SCOPE: scope.apply(([it]) => it ?? ""),
    BFF_ISSUER: bffSigning.issuer,
    BFF_PUBLIC_KEYS: bffSigning.contextKey.publicKey,
    AWS_ENDPOINT_URL_DYNAMODB: storeUrls.dynamodb,
    TASKS_TABLE,
    LOG_LEVEL: address.environment.logLevel ?? "INFO",
  });
  const queueUrl = events.agentQueues[agent.name];
  if (!events.busName || !queueUrl || !EVENTS_TABLE) return own;
  return {
    ...own,
    ...variables<Omit<AgentEventEnvironment, keyof AgentEnvironment>>({
      EVENT_BUS: events.busName,
      EVENTS_QUEUE_URL: queueUrl,
      EVENTS_TABLE,
    }),
  };
}
