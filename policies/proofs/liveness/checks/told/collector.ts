import { CLOUDWATCH_AGENT, OTLP } from "../../../../../contracts/records/container-logs.ts";
import type { Platform } from "../../../../engine/platform.ts";
import { some } from "../../../../engine/three-values.ts";
import { clusterOf } from "../../../../facts/reach/cluster.ts";
import type { Host } from "../../../../facts/reach/host.ts";
import { TYPE } from "../../../../facts/resource-types.ts";

/**
 * Whether a URL is that of the collector of the workload's cluster, which runs on each node, and the workload may send to the addresses of
 * Services and of nodes on its port.
 */
export function isCollector(platform: Platform, host: Host, url: URL): boolean {
  const cluster = clusterOf(platform, host.placed);
  if (cluster === undefined || host.placed.resource.type === TYPE.runtime) return false;
  if (url.href !== new URL(OTLP.endpoint).href) return false;
  const services = cluster.resource.list("kubernetesNetworkConfig")[0]?.text("serviceIpv4Cidr");
  if (services === undefined || !host.sends({ ranges: [services, ...host.ranges], groupIds: [] }, OTLP.port))
    return false;
  return some(
    platform.ofType(TYPE.addOn),
    ({ resource: it, stack }) =>
      stack === cluster.stack &&
      it.text("addonName") === CLOUDWATCH_AGENT.addOn &&
      it.text("clusterName") === cluster.resource.text("name"),
  );
}
