import { MCP_SERVERS, type Release, type Releases } from "../environments/releases.ts";
import { McpServer } from "../components/compute/mcp-server.ts";
import { majorOf } from "../components/compute/runtime-name.ts";
import type { Baseline } from "./tenant-baseline.ts";
import type { TenantSite } from "./tenant-site.ts";

/** Runs every retained release of the MCP servers that a tenant's scenarios offer, each behind those gateways only. */
export function runServers({ address, place, network, opts }: TenantSite, baseline: Baseline): void {
  const { key, logs, resources } = baseline;
  for (const [service, { scenarios, releases }] of Object.entries(MCP_SERVERS)) {
    const gateways = baseline.gateways.filter((it) => scenarios.includes(it.scenario));
    if (gateways.length === 0) continue;
    for (const { targetName, version, digest } of offered(service, releases)) {
      new McpServer(
        `mcp-${service}-v${majorOf(version)}`,
        {
          place,
          network,
          tenant: address.tenant.id,
          release: { service, version, digest },
          targetName,
          gateways,
          kmsKeyArn: key.arn,
          logs,
        },
        { ...opts, dependsOn: [...resources] },
      );
    }
  }
}

/** The newest release is offered under the service's own name, older ones with their major version, so that callers can stay on one. */
function offered(service: string, releases: Releases): readonly (Release & { readonly targetName: string })[] {
  return releases.flatMap((it, index) =>
    it === undefined ? [] : [{ ...it, targetName: index === 0 ? service : `${service}-v${majorOf(it.version)}` }],
  );
}
