import type * as pulumi from "@pulumi/pulumi";
import major from "semver/functions/major.js";
import { McpServer, type McpServerNeeds } from "../../../components/compute/mcp-server.ts";
import { candidateOfService, type McpOffer, offersOfService } from "../../../releases/published-servers.ts";
import { MCP_SERVERS } from "../../../releases/releases.ts";
import { runtimeVersion } from "../../../releases/runtime-versions.ts";
import type { HostEnvironment } from "../../../services/libraries/mcp-host/config.ts";
import { requireBuilt } from "../../artifacts/built-images.ts";
import { type Inputs, variables } from "../../artifacts/service-environment.ts";
import type { Feature } from "../../feature.ts";
import type { WrittenDocuments } from "../data/documents.ts";
import type { TenantStores } from "../data/stores.ts";
import type { TenantGateway } from "../gateways/gateways.ts";
import type { ProtectedContext } from "../protection.ts";
import { granted } from "./grants.ts";
import { needsContext, operationsOf } from "./needs-context.ts";
import type { NeedsByService } from "./needs.ts";

/** Of releases that offer the same resource the one with the lowest number is read: the newest, and the candidate never. AgentCore takes 0 to 1000. */
const NEWEST_PRIORITY = 900;
const CANDIDATE_PRIORITY = 1_000;

/** The MCP servers of a tenant, each in every release that is served. */
export interface TenantServers extends Feature {
  readonly servers: readonly McpServer[];
}

/** What the servers of a tenant are made of, beside what protects them. */
export interface ServersUpstream {
  readonly stores: TenantStores;
  readonly documents: WrittenDocuments;
  readonly needs: NeedsByService;
}

/** Runs every retained release, and the candidate, of the MCP servers that a tenant's scenarios offer, each behind those gateways only. */
export function tenantServers(context: ProtectedContext, upstream: ServersUpstream): TenantServers {
  const servers = new Map<string, McpServer>();
  for (const [service, { scenarios }] of Object.entries(MCP_SERVERS)) {
    const gateways = context.protection.gateways.all.filter(({ gateway }) => scenarios.includes(gateway.scenario));
    if (gateways.length === 0) continue;
    const run = (name: string, offer: McpOffer, resourcePriority: number): void => {
      const server = serverOf(context, { ...upstream, offer, gateways, servers, resourcePriority }, name);
      servers.set(`${service}-${name}`, server);
    };
    for (const [age, it] of offersOfService(service).entries())
      run(`v${major(it.release.version)}`, it, NEWEST_PRIORITY + age);
    const candidate = candidateOfService(service);
    if (candidate !== undefined) run("candidate", candidate, CANDIDATE_PRIORITY);
  }
  return { servers: [...servers.values()], resources: [...servers.values()] };
}

interface ServerUpstream extends ServersUpstream {
  readonly offer: McpOffer;
  /** Those that offer it. */
  readonly gateways: readonly TenantGateway[];
  /** The servers that exist so far. */
  readonly servers: ReadonlyMap<string, McpServer>;
  readonly resourcePriority: number;
}

function serverOf(context: ProtectedContext, upstream: ServerUpstream, name: string): McpServer {
  const { address, place, network, protection, runOpts } = context;
  const { offer, gateways, resourcePriority } = upstream;
  const resource = `mcp-${offer.service}-${name}`;
  const { service, release, targetName } = offer;
  requireBuilt(offer.server, release.digest);
  return new McpServer(
    resource,
    {
      place,
      network,
      tenant: address.tenant.id,
      service,
      release,
      targetName,
      resourcePriority,
      agentRuntimeVersion: runtimeVersion(context.name, resource),
      needs: resolvedNeeds(context, upstream),
      gateways: gateways.map(({ gateway }) => gateway),
      kmsKeyArn: protection.key.dataKey.arn,
      logs: protection.logs.vended,
    },
    runOpts,
  );
}

function resolvedNeeds(context: ProtectedContext, upstream: ServerUpstream): McpServerNeeds {
  const { offer, stores, documents, needs, servers } = upstream;
  const { service, contract } = offer;
  const needsOfService = needs.get(service);
  if (needsOfService === undefined) throw new TypeError(`the needs of "${service}" must be loaded first`);
  const operations = operationsOf(
    context.protection,
    Object.fromEntries([...servers].map(([key, it]) => [key, it.runtimeId])),
  );
  const asked = needsOfService(needsContext(context, { stores, documents, operations }));
  const environment: Readonly<Record<string, pulumi.Input<string>>> = {
    ...variables(hostVariables(context, offer)),
    ...asked.variables,
  };
  const { place } = context;
  return {
    environment,
    ...granted(service, asked.grants, { place, stores, operations, awsCalls: contract.awsCalls }),
    ...(asked.reachesInternet === true && { reachesInternet: true }),
    ...(asked.reachesNetworks && { reachesNetworks: asked.reachesNetworks }),
  };
}

/** What every server is given. */
function hostVariables({ address, protection }: ProtectedContext, { release }: McpOffer): Inputs<HostEnvironment> {
  const { issuer, contextKey } = protection.signing;
  return {
    TENANT_ID: address.tenant.id,
    SERVER_VERSION: release.version,
    ...("removeOn" in release && { SERVER_DEPRECATION: `${release.deprecatedOn}/${release.removeOn}` }),
    CONTEXT_ISSUER: issuer,
    CONTEXT_PUBLIC_KEYS: contextKey.publicKey,
    // AgentCore's own proxy calls the server, on the same machine.
    ALLOWED_HOSTS: "127.0.0.1,localhost",
    LOG_LEVEL: address.environment.logLevel ?? "INFO",
  };
}
