import { Certificate } from "../../components/edge/certificate.ts";
import { PodTarget } from "../../components/edge/pod-target.ts";
import { PublicLoadBalancer } from "../../components/edge/public-load-balancer.ts";
import { bffHost } from "../../contracts/bff/hosts.ts";
import {
  KEYCLOAK_CLOSED_PATHS,
  KEYCLOAK_HEALTH_PATH,
  KEYCLOAK_SERVICE,
  keycloakHosts,
} from "../../contracts/identity/keycloak.ts";
import type { Feature } from "../feature.ts";
import type { RegionCluster } from "./cluster.ts";
import type { RegionContext } from "./context.ts";
import type { RegionKeycloak } from "./keycloak.ts";
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

/** Declares the region's load balancer, its certificate, and what of Keycloak it lets through. */
export function regionEdge(context: RegionContext, { network, cluster, keycloak, webAcls }: EdgeUpstream): RegionEdge {
  const { place, zoneId, residency, address, opts } = context;
  const { domain } = address.environment;
  const { issuer: host } = keycloakHosts(address.region, domain);
  const { id: vpcId, publicSubnetIds } = network.vpc;
  const certificate = new Certificate("edge", { hosts: [host, bffHost(residency, domain)], zoneId }, opts);
  const balancer = new PublicLoadBalancer(
    "edge",
    { place, vpcId, publicSubnetIds, certificateArn: certificate.arn, webAclArn: webAcls.identity.arn },
    opts,
  );
  const identity = new PodTarget(
    "identity",
    {
      balancer,
      vpcId,
      cluster: { name: cluster.name, securityGroupId: cluster.eks.securityGroupId, provider: cluster.eks.provider },
      service: { ...KEYCLOAK_SERVICE, namespace: keycloak.namespace },
      health: { port: KEYCLOAK_SERVICE.port, path: KEYCLOAK_HEALTH_PATH },
      host,
      paths: PATHS,
      priority: 10,
    },
    opts,
  );
  return { balancer, identity, resources: [certificate, balancer, identity] };
}
