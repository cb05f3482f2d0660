import { Certificate } from "../../components/edge/certificate.ts";
import { PodTarget } from "../../components/edge/pod-target.ts";
import { PublicLoadBalancer } from "../../components/edge/public-load-balancer.ts";
import { openToBalancer } from "../../components/edge/open-to-balancer.ts";
import { BFF_SCENARIOS, bffHosts } from "../../contracts/bff/hosts.ts";
import {
  KEYCLOAK_CLOSED_PATHS,
  KEYCLOAK_HEALTH_PATH,
  KEYCLOAK_SERVICE,
  keycloakHosts,
} from "../../contracts/identity/keycloak.ts";
import { BFF_PORT } from "../../contracts/ports.ts";
import type { Feature } from "../feature.ts";
import type { RegionCluster } from "./cluster.ts";
import type { RegionContext } from "./context.ts";
import type { RegionKeycloak } from "./identity/keycloak.ts";
import type { RegionNetwork } from "./network.ts";
import type { RegionWebAcls } from "./web-acls.ts";

/** The way from the internet to what the region's cluster serves. */
export interface RegionEdge extends Feature {
  readonly balancer: PublicLoadBalancer;
  readonly identity: PodTarget;
}

/** What the edge is made of. */
export interface EdgeUpstream {
  readonly network: RegionNetwork;
  readonly cluster: RegionCluster;
  readonly keycloak: RegionKeycloak;
  readonly webAcls: RegionWebAcls;
}

/** What people and clients need of Keycloak: its realms, and the files of its pages. Its administration is not among them. */
const PATHS = {
  refused: KEYCLOAK_CLOSED_PATHS.filter((it) => it.startsWith("/realms/")).flatMap((it) => [it, `${it}/*`]),
  sent: ["/realms/*", "/resources/*", "/.well-known/*"],
};

/**
 * Declares the region's load balancer, its certificate, and what of Keycloak it lets through. What leads to the BFF of a tenant is in the
 * tenant's own stack; only the port is opened here, once for all of them.
 */
export function regionEdge(context: RegionContext, upstream: EdgeUpstream): RegionEdge {
  const { place, zoneId, residency, address, provider, opts } = context;
  const { network, cluster, webAcls } = upstream;
  const { domain } = address.environment;
  const { issuer: host } = keycloakHosts(address.region, domain);
  const { id: vpcId, publicSubnetIds } = network.vpc;
  const bffs = BFF_SCENARIOS.map((scenario) => bffHosts({ scenario, residency, domain }));
  const certificate = new Certificate("edge", { hosts: [host, ...bffs], zoneId }, opts);
  const balancer = new PublicLoadBalancer(
    "edge",
    { place, vpcId, publicSubnetIds, certificateArn: certificate.arn, webAclArn: webAcls.edge.arn },
    opts,
  );
  const identity = identityTarget(context, upstream, { balancer, host });
  const groups = { balancerGroupId: balancer.securityGroupId, clusterGroupId: cluster.eks.securityGroupId };
  const opened = [
    ...openToBalancer("identity", { ...groups, ports: [KEYCLOAK_SERVICE.port] }, { provider }),
    ...openToBalancer("bffs", { ...groups, ports: [BFF_PORT] }, { provider }),
  ];
  return { balancer, identity, resources: [certificate, balancer, identity, ...opened] };
}

function identityTarget(
  { opts }: RegionContext,
  { network, cluster, keycloak }: EdgeUpstream,
  { balancer, host }: { readonly balancer: PublicLoadBalancer; readonly host: string },
): PodTarget {
  return new PodTarget(
    "identity",
    {
      listenerArn: balancer.listenerArn,
      vpcId: network.vpc.id,
      clusterName: cluster.name,
      provider: cluster.eks.provider,
      service: { ...KEYCLOAK_SERVICE, namespace: keycloak.namespace },
      protocol: "HTTPS",
      health: { port: KEYCLOAK_SERVICE.port, path: KEYCLOAK_HEALTH_PATH },
      host,
      paths: PATHS,
      priority: 10,
    },
    opts,
  );
}
