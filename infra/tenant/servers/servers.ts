import type * as pulumi from "@pulumi/pulumi";
import {
  candidateOfService,
  deployedFor,
  type McpOffer,
  offersOfService,
  toolsOf,
} from "../../../releases/published-servers.ts";
import { MCP_SERVERS } from "../../../releases/releases.ts";
import major from "semver/functions/major.js";
import { McpServer } from "../../../components/compute/mcp-server.ts";
import { cedarPolicies } from "../../../components/gateway/cedar-policies.ts";
import { GatewayPolicies } from "../../../components/gateway/gateway-policies.ts";
import type { HostEnvironment } from "../../../services/libraries/mcp-host/config.ts";
import { requireBuilt } from "../../artifacts/built-images.ts";
import { needsOf } from "./needs.ts";
import type { Inputs } from "../../artifacts/service-environment.ts";
import type { Baseline, TenantGateway } from "../foundation.ts";
import { contextIssuer } from "../gateways/interceptors.ts";
import type { TenantSite } from "../context.ts";

/** Of releases that offer the same resource the newest is read, which has AgentCore's own default, and the candidate never. */
const NEWEST_PRIORITY = 1_000;
const CANDIDATE_PRIORITY = 1_100;

/** Runs every retained release, and the candidate, of the MCP servers that a tenant's scenarios offer, each behind those gateways only. */
export function runServers(site: TenantSite, baseline: Baseline): void {
  const servers = new Map<string, McpServer>();
  for (const [service, { scenarios }] of Object.entries(MCP_SERVERS)) {
    const doors = baseline.gateways.filter(({ gateway }) => scenarios.includes(gateway.scenario));
    if (doors.length === 0) continue;
    const run = (name: string, offer: McpOffer, resourcePriority: number): void => {
      const server = serverOf(`mcp-${service}-${name}`, offer, { site, baseline, doors, servers, resourcePriority });
      servers.set(`${service}-${name}`, server);
    };
    for (const [age, it] of offersOfService(service).entries())
      run(`v${major(it.release.version)}`, it, NEWEST_PRIORITY + age);
    const candidate = candidateOfService(service);
    if (candidate !== undefined) run("candidate", candidate, CANDIDATE_PRIORITY);
  }
  for (const it of baseline.gateways) permit(site, it, [...servers.values()]);
}

interface ServerPlace {
  readonly site: TenantSite;
  readonly baseline: Baseline;
  readonly doors: readonly TenantGateway[];
  /** Those that exist so far. */
  readonly servers: ReadonlyMap<string, McpServer>;
  readonly resourcePriority: number;
}

function serverOf(name: string, offer: McpOffer, at: ServerPlace): McpServer {
  const { site, baseline, doors, servers, resourcePriority } = at;
  const { address, place, network, opts } = site;
  const { service, release, targetName, contract } = offer;
  requireBuilt(offer.server, release.digest);
  const runtimes = Object.fromEntries([...servers].map(([key, it]) => [key, it.runtimeId]));
  const host = hostOf(offer, site, baseline);
  return new McpServer(
    name,
    {
      place,
      network,
      tenant: address.tenant.id,
      service,
      release,
      targetName,
      resourcePriority,
      needs: needsOf(service, { site, baseline, host, runtimes, awsCalls: contract.awsCalls }),
      gateways: doors.map(({ gateway }) => gateway),
      kmsKeyArn: baseline.key.arn,
      logs: baseline.logs,
    },
    { ...opts, dependsOn: [...baseline.resources] },
  );
}

/** What every server is given. */
function hostOf({ release }: McpOffer, site: TenantSite, { contextKey }: Baseline): Inputs<HostEnvironment> {
  return {
    TENANT_ID: site.address.tenant.id,
    SERVER_VERSION: release.version,
    ...("removeOn" in release && { SERVER_DEPRECATION: `${release.deprecatedOn}/${release.removeOn}` }),
    CONTEXT_ISSUER: contextIssuer(site),
    CONTEXT_PUBLIC_KEYS: contextKey.publicKey,
    // AgentCore's own proxy calls the server, on the same machine.
    ALLOWED_HOSTS: "127.0.0.1,localhost",
  };
}

/** Permits the tools of all that a gateway has, once its targets exist. */
function permit(
  { address, opts }: TenantSite,
  { gateway, policyEngine: engine, scopePrefix }: TenantGateway,
  servers: readonly McpServer[],
): void {
  const policies = cedarPolicies({
    tenant: address.tenant.id,
    tools: toolsOf(deployedFor(gateway.scenario)),
    ...(scopePrefix !== undefined && { scopePrefix }),
  });
  const targets: readonly pulumi.Resource[] = servers.flatMap((it) => it.targets.get(gateway) ?? []);
  new GatewayPolicies(gateway.scenario, { gateway, engine, policies, targets }, opts);
}
