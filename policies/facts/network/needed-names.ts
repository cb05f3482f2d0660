import { serviceHost, WITHOUT_ENDPOINT } from "../../../contracts/network/service-hosts.ts";
import { outputOf } from "../../engine/output.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { clusterOf } from "../reach/cluster.ts";
import type { Host } from "../reach/host.ts";
import { TYPE } from "../resource-types.ts";
import { settingsOf } from "../workloads.ts";
import { endpointNames } from "./known-names.ts";
import { publicNamesOf } from "./public-names.ts";

/** A host in the text of a setting, which may be JSON: that of a URL, or the value of a setting that is called after one. */
const HOSTS = /\/\/([a-z0-9-]+(?:\.[a-z0-9-]+)+)/g;

/** What the cluster's own DNS answers, and the hosts that are addresses. */
const ELSEWHERE = /\.svc(?:\.cluster\.local)?$|^[\d.]+$/;

/** The names, some with a wildcard, that something in a VPC asks the VPC's resolver for. */
export function neededNames(platform: Platform, host: Host): readonly string[] {
  const { resource, stack } = host.placed;
  return [
    ...endpointsIn(platform, host.vpcId).flatMap(({ resource: it }) => endpointNames(it)),
    ...publicNamesOf(resource, stack),
    ...toldNames(host),
    ...(resource.type.startsWith("kubernetes:") ? namesOfNodes(platform, host.placed) : []),
  ];
}

function endpointsIn(platform: Platform, vpcId: string | undefined): readonly Placed[] {
  return platform.ofType(TYPE.vpcEndpoint).filter(({ resource }) => resource.text("vpcId") === vpcId);
}

/** The hosts that a workload is told of. */
function toldNames({ placed: { resource } }: Host): readonly string[] {
  return settingsOf(resource)
    .flatMap(({ name, read }) => {
      const text = read() ?? "";
      if (name.endsWith("_HOST")) return [text];
      return [...text.matchAll(HOSTS)].map(([, host = ""]) => host);
    })
    .filter((it) => it.includes(".") && !ELSEWHERE.test(it));
}

/** What the node of a pod asks for: the API server of its cluster, and what it joins by. */
function namesOfNodes(platform: Platform, pod: Placed): readonly string[] {
  const cluster = clusterOf(platform, pod);
  if (cluster === undefined) return [];
  const server = new URL(outputOf(cluster.resource, "endpoint")).hostname;
  return [server.toLowerCase(), ...WITHOUT_ENDPOINT.map((it) => serviceHost(it, cluster.resource.region ?? ""))];
}
