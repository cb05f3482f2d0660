import type { TaskStore } from "@a2a-js/sdk/server";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { LambdaClient } from "@aws-sdk/client-lambda";
import type { z } from "zod";
import { A2A_SCOPE, AGENT_CONTEXT_SECONDS, AGENTS_AUDIENCE } from "../../../contracts/agents/identity.ts";
import { calledBy } from "../../../contracts/agents/names.ts";
import { A2A_PORT } from "../../../contracts/ports.ts";
import { AgentClient, type AgentClientOptions } from "../agent-client/agent-client.ts";
import { runtimeFetch } from "../agent-client/runtime-fetch.ts";
import { createAgentHost } from "../agent-host/host.ts";
import type { AgentHost } from "../agent-host/http/listener.ts";
import type { AgentLog } from "../agent-host/executor.ts";
import { DynamoTasks } from "../agent-host/tasks/dynamo-tasks.ts";
import { KeptTasks } from "../agent-host/tasks/kept-tasks.ts";
import { MemoryTaskStore } from "../agent-host/tasks/memory-task-store.ts";
import { ProcessMemory } from "../agent-loop/memory.ts";
import { modelOf } from "../agent-loop/model/model-of.ts";
import { GatewayClient } from "../gateway-client/gateway-client.ts";
import { KeyedItems } from "../keyed-items/keyed-items.ts";
import type { GatewayLimits } from "../gateway-client/gateway-fetch.ts";
import { keptTokens, type MachineToken } from "../gateway-client/machine-token.ts";
import { tokenFromFunction } from "../gateway-client/token-function.ts";
import { serviceLog, toStandardOutput } from "../service-kit/log.ts";
import { startTelemetry } from "../telemetry/telemetry.ts";
import { contextTokenVerifier } from "../service-kit/tokens/context-token.ts";
import { remoteKeys } from "../service-kit/tokens/token-keys.ts";
import { tokenVerifier } from "../service-kit/tokens/token.ts";
import type { AgentDefinition, AgentParts } from "./agent-definition.ts";
import type { Choreography } from "./choreography.ts";
import { type AgentConfig, CloudAgentConfig } from "./config.ts";

/** What the process of an agent is, beside its configuration. */
export interface AgentProcessParts {
  /** The agent's own token, for gateways and other agents. */
  readonly machineToken: () => Promise<MachineToken>;
  readonly log: AgentLog;
  readonly audit: (line: string) => void;
  /** How other agents are called as this workload; by default, with its token. */
  readonly callsAs?: Pick<AgentClientOptions, "machineToken" | "fetch">;
  /** Where the pool publishes its keys. */
  readonly keysUrl?: URL;
  /** By default, in the memory of the process. */
  readonly tasks?: TaskStore;
}

/** The longest answer of a model, in tokens. */
const ANSWER_TOKENS = 2_000;

/** The host of an agent, as its configuration wants it; not yet listening. */
export function agentHostOf(
  definition: AgentDefinition,
  config: z.output<typeof AgentConfig>,
  parts: AgentProcessParts,
): AgentHost {
  const { name } = definition.description;
  return createAgentHost(definition.description, {
    work: definition.work(partsOf(definition, config, parts)),
    ...(definition.limits !== undefined && { limits: definition.limits }),
    identities: {
      tenantId: config.TENANT_ID,
      // On AgentCore Runtime nothing but a call that AWS has verified comes to the process.
      ...(config.AGENT_HOSTING === "eks" && { verifyWorkload: workloadVerifier(config, parts.keysUrl) }),
      verifyContext: contextTokenVerifier({
        issuer: config.BFF_ISSUER,
        audience: AGENTS_AUDIENCE,
        tenantId: config.TENANT_ID,
        publicKeys: config.BFF_PUBLIC_KEYS,
        lifetimeSeconds: AGENT_CONTEXT_SECONDS,
      }),
    },
    url: (config.AGENT_URLS?.[name] ?? peerUrl(name)).href,
    tasks: parts.tasks ?? new MemoryTaskStore(),
    log: parts.log,
    audit: parts.audit,
  });
}

/** Lets an agent hear events, as the process that it runs in. */
export type StartChoreography = (
  definition: AgentDefinition,
  environment: NodeJS.ProcessEnv,
  log: AgentLog,
) => Choreography;

/** Runs an agent as its process until the platform ends it; it hears events if it is told how. */
export async function runAgent(definition: AgentDefinition, startEvents?: StartChoreography): Promise<void> {
  const config = CloudAgentConfig.parse(process.env);
  const { name, version } = definition.description;
  const log = serviceLog(name, { level: config.LOG_LEVEL });
  const failed = (error: unknown): void => log.warn({ error }, "spans are lost");
  const telemetry = await startTelemetry({ service: name, version, tenantId: config.TENANT_ID, failed });
  const aws = { region: config.AWS_REGION };
  const lambda = new LambdaClient(aws);
  const machineToken = keptTokens(() => tokenFromFunction(lambda, config.TOKEN_FUNCTION));
  const { credentials } = lambda.config;
  const signs = config.AGENT_HOSTING === "runtime";
  const callsAs = signs ? { fetch: runtimeFetch({ region: config.AWS_REGION, credentials }) } : { machineToken };
  const tasks = new KeptTasks(new DynamoTasks(new KeyedItems(new DynamoDBClient(aws), config.TASKS_TABLE)));
  const host = agentHostOf(definition, config, { machineToken, log, audit: toStandardOutput, callsAs, tasks });
  const port = await host.listen(config.PORT);
  const events = startEvents?.(definition, process.env, log);
  log.info({ port, version, model: config.MODEL_ID }, "listening");
  const end = (): void =>
    void Promise.all([host.stop(), events?.stop()])
      .then(() => telemetry.stop())
      .then(() => process.exit(0));
  process.once("SIGTERM", end);
  process.once("SIGINT", end);
}

function partsOf(
  { description }: AgentDefinition,
  config: z.output<typeof AgentConfig>,
  { machineToken, log, callsAs = { machineToken } }: AgentProcessParts,
): AgentParts {
  const { name, version } = description;
  const token = async (): Promise<string> => (await machineToken()).access_token;
  return {
    gateway: (scenario) => {
      const url = config.GATEWAY_URL[scenario];
      return url === undefined
        ? undefined
        : new GatewayClient({ url: new URL(url), name, version, auth: { token }, limits: limitsOf(config) });
    },
    peer: (peer) => {
      if (!calledBy(name).includes(peer)) throw new TypeError(`${name} is not among those that call ${peer}`);
      const url = config.AGENT_URLS?.[peer] ?? peerUrl(peer);
      return new AgentClient({ url, tenantId: config.TENANT_ID, ...callsAs });
    },
    model: (script) => () =>
      modelOf({ modelId: config.MODEL_ID, region: config.AWS_REGION, maxTokens: ANSWER_TOKENS }, script),
    memory: new ProcessMemory(),
    log: (fields) => log.warn(fields, "a tool failed"),
  };
}

function limitsOf({ GATEWAY_CONCURRENCY: concurrency }: z.output<typeof AgentConfig>): Partial<GatewayLimits> {
  return concurrency === undefined ? {} : { concurrency };
}

/** The address of an agent in the namespace of its tenant. */
function peerUrl(name: string): URL {
  return new URL(`http://${name}:${A2A_PORT}/`);
}

/** Only clients that the pool gives the scope of this tenant's agents hold a token that is bound to them. */
function workloadVerifier(config: z.output<typeof AgentConfig>, keysUrl?: URL): ReturnType<typeof tokenVerifier> {
  const { ISSUER: issuer, A2A_SCOPE: scope, TENANT_ID: tenantId } = config;
  return tokenVerifier({
    profile: "cognito",
    issuer,
    keys: remoteKeys({ url: keysUrl ?? new URL(`${issuer}/.well-known/jwks.json`) }),
    tenantId,
    scopes: [A2A_SCOPE],
    clients: "by scope",
    scopePrefix: scope.slice(0, scope.indexOf("/")),
  });
}
