import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { Certificate } from "../../components/edge/certificate.ts";
import { InternalLoadBalancer } from "../../components/edge/internal-load-balancer.ts";
import { openToBalancer } from "../../components/edge/open-to-balancer.ts";
import { PodTarget } from "../../components/edge/pod-target.ts";
import { KEYCLOAK_HEALTH_PATH, KEYCLOAK_SERVICE, keycloakHosts } from "../../contracts/identity/keycloak.ts";
import { transitWaysOf } from "../../environments/networks/transit-ways.ts";
import type { Feature } from "../feature.ts";
import type { RegionCluster } from "./cluster.ts";
import type { RegionContext } from "./context.ts";
import type { RegionEdge } from "./edge.ts";
import type { RegionKeycloak } from "./identity/keycloak.ts";
import type { RegionNetwork } from "./network.ts";

/** What the way to the administration is made of. */
export interface AdministrationUpstream {
  readonly network: RegionNetwork;
  readonly cluster: RegionCluster;
  readonly keycloak: RegionKeycloak;
  readonly edge: RegionEdge;
}

const NAME = "administration";

/** All paths but those that no administrator needs. */
const PATHS = { refused: ["/metrics", "/metrics/*", "/health", "/health/*"], sent: ["/*"] };

/**
 * Declares the way to Keycloak's administration: a name that only the region's network knows, of a load balancer without public addresses.
 * It is in the public subnets, where nothing else is, so that the ranges whose word Keycloak takes about callers stay small.
 */
export function regionAdministration(context: RegionContext, upstream: AdministrationUpstream): Feature {
  const { address, zoneId, provider, opts } = context;
  const { network, cluster, edge } = upstream;
  const { id: vpcId, publicSubnetIds: subnetIds } = network.vpc;
  const host = keycloakHosts(address.region, address.environment.domain).administration;
  const certificate = new Certificate(NAME, { hosts: [host], zoneId }, opts);
  const deployers = transitWaysOf(address.environment, address.region)?.deployers ?? [];
  const { logBucket } = edge.balancer;
  const where = { vpcId, ranges: [address.settings.cidr, ...deployers], subnetIds, logBucket };
  const balancer = new InternalLoadBalancer(NAME, { ...where, certificateArn: certificate.arn }, opts);
  const target = targetOf(context, upstream, { balancer, host });
  const groups = { balancerGroupId: balancer.securityGroupId, clusterGroupId: cluster.eks.securityGroupId };
  const opened = openToBalancer(NAME, { ...groups, ports: [KEYCLOAK_SERVICE.port] }, { provider });
  return { resources: [certificate, balancer, target, ...opened, ...nameOf(context, upstream, { balancer, host })] };
}

interface Way {
  readonly balancer: InternalLoadBalancer;
  readonly host: string;
}

function targetOf(
  { opts }: RegionContext,
  { network, cluster: { name, eks }, keycloak }: AdministrationUpstream,
  { balancer, host }: Way,
): PodTarget {
  return new PodTarget(
    NAME,
    {
      listenerArn: balancer.listenerArn,
      vpcId: network.vpc.id,
      clusterName: name,
      provider: eks.provider,
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

/** A zone of the one name, which resolvers outside of the VPC do not find. */
function nameOf(
  { address, provider }: RegionContext,
  { network }: AdministrationUpstream,
  { balancer, host }: Way,
): readonly pulumi.Resource[] {
  const vpcs = [{ vpcId: network.vpc.id, vpcRegion: address.region }];
  const zone = new aws.route53.Zone(
    NAME,
    { name: host, comment: "Keycloak's administration, for the network alone", vpcs },
    { provider },
  );
  const { dnsName, zoneId } = balancer.balancer;
  const aliases = [{ name: dnsName, zoneId, evaluateTargetHealth: true }];
  return [zone, new aws.route53.Record(NAME, { zoneId: zone.zoneId, name: host, type: "A", aliases }, { provider })];
}
