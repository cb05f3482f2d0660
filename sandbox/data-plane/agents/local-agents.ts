import { eventsOf } from "../../../contracts/agents/choreography.ts";
import { type AgentName, AGENTS } from "../../../contracts/agents/names.ts";
import { bffIssuer } from "../../../contracts/agents/identity.ts";
import { clientCredentialsToken } from "../../../services/agent-token/client-credentials.ts";
import { AGENT_DEFINITIONS } from "../../../services/agents/agents.ts";
import type { AgentHost } from "../../../services/libraries/agent-host/http/listener.ts";
import { agentHostOf } from "../../../services/libraries/agent-process/agent-process.ts";
import { AgentConfig } from "../../../services/libraries/agent-process/config.ts";
import { SCRIPTED } from "../../../services/libraries/agent-loop/model/model-of.ts";
import { keptTokens, type MachineToken } from "../../../services/libraries/gateway-client/machine-token.ts";
import type { Certify } from "../../../services/libraries/service-kit/tokens/context-delegation.ts";
import { serviceLog } from "../../../services/libraries/service-kit/log.ts";
import type { Choreography } from "../../../services/libraries/agent-process/choreography.ts";
import { partnerConnections } from "../../../services/bff/b2b/partners/store/partner-database.ts";
import { startLocalEvents } from "./local-events.ts";
import type { LocalKey } from "./local-key.ts";
import type { PoolLocation } from "../identity/cognito/machines-issuer.ts";
import type { LocalTenant } from "../local-tenants.ts";
import { giveBack, keepPort } from "../kept-ports.ts";
import type { TenantRecords } from "../tenant-records.ts";

/** What a tenant's agents stand between. */
export interface LocalAgentsContext {
  readonly records: TenantRecords;
  /** The gateways, by scenario. */
  readonly gateways: { readonly [scenario: string]: string };
  /** The tenant's pool; the agents and the BFFs are among its machines. */
  readonly pool: PoolLocation;
  /** By which the tenant's BFFs sign who calls. */
  readonly bffKey: LocalKey;
  readonly databaseHost: string;
}

/** The agents of one tenant on this machine, and what a BFF needs to call them. */
export interface LocalAgents {
  readonly tenant: string;
  /** Where each speaks A2A, by name. */
  readonly urls: { readonly [name: string]: string };
  /** Certifies the signer of contexts, as the tenant's BFF key does in the cloud. */
  readonly certify: Certify;
  /** By which what it certified is verified: SPKI in PEM. */
  readonly publicKeys: string;
  /** Tokens of a machine of the pool that may call agents; throws `TypeError` where there is no such machine. */
  readonly tokensOf: (client: string) => () => Promise<MachineToken>;
  stop(): Promise<void>;
}

const A2A = ".agents/a2a.call";

/** Starts the agents of a tenant's scenarios with the scripted model; throws `TypeError` where the pool lets no machine call agents. */
export async function startAgents(tenant: LocalTenant, context: LocalAgentsContext): Promise<LocalAgents> {
  const scope = context.pool.clients.flatMap((it) => it.scopes).find((it) => it.endsWith(A2A));
  if (scope === undefined) throw new TypeError(`no machine of ${tenant.id} may call agents`);
  const { certify, publicKeys } = context.bffKey;
  const names = namesFor(tenant, context);
  // Agents know each other's addresses before the first one listens.
  const ports = await Promise.all(names.map(() => keepPort()));
  const urls = Object.fromEntries(names.map((name, index) => [name, `http://127.0.0.1:${ports[index]}/`]));
  const tokensOf = tokens(context);
  const hosts: AgentHost[] = [];
  const events = eventsFor(names, tenant, context);
  const stop = async (): Promise<void> => {
    await Promise.all([...hosts.map((it) => it.stop()), ...ports.map(giveBack), events.stop()]);
  };
  try {
    for (const [index, name] of names.entries()) {
      const port = ports[index] ?? 0;
      const config = AgentConfig.parse(environmentOf(tenant, context, { scope, publicKeys, urls }));
      const host = hostOf(name, config, { ...context, machineToken: tokensOf(`agent-${name}`) });
      hosts.push(host);
      await giveBack(port);
      await host.listen(port, "127.0.0.1");
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { tenant: tenant.id, urls, certify, publicKeys, tokensOf, stop };
}

/** The agents that serve the tenant here: those whose scenarios have a gateway. */
function namesFor(tenant: LocalTenant, { gateways }: LocalAgentsContext): readonly AgentName[] {
  const names = Object.keys(AGENTS) as AgentName[];
  return names.filter((name) =>
    AGENTS[name].scenarios.some((it) => tenant.scenarios.includes(it) && gateways[it] !== undefined),
  );
}

/** Lets those agents hear events that do, as the tenant's part of the database. */
function eventsFor(
  names: readonly AgentName[],
  { id: tenant }: LocalTenant,
  { records, databaseHost: host, bffKey }: LocalAgentsContext,
): Choreography {
  const hearing = names.filter((name) => eventsOf(name) !== undefined);
  if (hearing.length === 0) return { stop: () => Promise.resolve() };
  const logOf = (name: string) => serviceLog(name, { write: (line) => records.log(name, line.trimEnd()) });
  const place = { host, port: 5432, database: "postgres" };
  const pool = partnerConnections(place, tenant, (error) =>
    logOf("events").warn({ error }, "an idle connection broke"),
  );
  const { publicKeys } = bffKey;
  const running = hearing.map((name) =>
    startLocalEvents(AGENT_DEFINITIONS[name], { tenant, pool, publicKeys, log: logOf(name) }),
  );
  return {
    stop: async () => {
      await Promise.all(running.map((it) => it.stop()));
      await pool.end();
    },
  };
}

interface Own {
  readonly scope: string;
  readonly publicKeys: string;
  readonly urls: { readonly [name: string]: string };
}

function environmentOf(
  { id, region }: LocalTenant,
  { gateways, pool }: LocalAgentsContext,
  { scope, publicKeys, urls }: Own,
): (typeof AgentConfig)["_input"] {
  return {
    TENANT_ID: id,
    AWS_REGION: region,
    // Agents of a laptop ask for tokens, as those on Amazon EKS do.
    AGENT_HOSTING: "eks",
    MODEL_ID: SCRIPTED,
    GATEWAY_URL: JSON.stringify(gateways),
    TOKEN_FUNCTION: "the pool itself",
    ISSUER: pool.issuer,
    A2A_SCOPE: scope,
    BFF_ISSUER: bffIssuer(id),
    BFF_PUBLIC_KEYS: publicKeys,
    AGENT_URLS: JSON.stringify(urls),
  };
}

function hostOf(
  name: AgentName,
  config: (typeof AgentConfig)["_output"],
  context: LocalAgentsContext & { readonly machineToken: () => Promise<MachineToken> },
): AgentHost {
  const { records, pool, machineToken } = context;
  return agentHostOf(AGENT_DEFINITIONS[name], config, {
    machineToken,
    log: serviceLog(name, { write: (line) => records.log(name, line.trimEnd()) }),
    audit: (line) => records.write("audit", line),
    keysUrl: new URL(pool.jwksUrl),
  });
}

/** Where a machine's tokens come from: from its function in the cloud, here from the pool. */
function tokens({ pool: { clients, tokenUrl } }: LocalAgentsContext): LocalAgents["tokensOf"] {
  return (name) => {
    const client = clients.find((it) => it.name === name);
    if (client?.clientSecret === undefined) throw new TypeError(`the pool has no machine "${name}"`);
    const { clientId, clientSecret } = client;
    return keptTokens(() =>
      clientCredentialsToken({ clientId, clientSecret: () => Promise.resolve(clientSecret), tokenUrl }),
    );
  };
}
