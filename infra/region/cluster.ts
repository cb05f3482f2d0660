import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { EksCluster } from "../../components/compute/eks-cluster.ts";
import { tenantRegions } from "../../environments/address.ts";
import { nodePools } from "../../environments/capacity/node-pools.ts";
import { transitWaysOf } from "../../environments/networks/transit-ways.ts";
import { executionRoleFor, kubeconfigFor } from "../execution.ts";
import type { Feature } from "../feature.ts";
import type { RegionContext } from "./context.ts";
import type { RegionKey } from "./key.ts";
import type { RegionNetwork } from "./network.ts";

/** Name of the region's one cluster; fixed, so that a tenant's trust can name the cluster exactly. */
const NAME = "alicerce";

/** The cluster on which the agents of the region's tenants run. */
export interface RegionCluster extends Feature {
  readonly name: string;
  readonly arn: string;
  readonly eks: EksCluster;
}

/** Declares the region's cluster in its network. */
export function regionCluster(
  { name, address, place, clusterBoundaryArn, provider, opts }: RegionContext,
  { key: { dataKey }, network: { vpc } }: { readonly key: RegionKey; readonly network: RegionNetwork },
): RegionCluster {
  const { environment, region, settings } = address;
  const cluster = new EksCluster(
    NAME,
    {
      vpcId: vpc.id,
      privateSubnetIds: vpc.privateSubnetIds,
      kmsKeyArn: dataKey.arn,
      roles: { ...place, boundaryArn: clusterBoundaryArn },
      pools: nodePools(settings),
      deployers: { account: environment.account, tenants: tenantsIn(address, name) },
      clientConfig: (it) => kubeconfigFor(it, executionRoleFor(environment.account, name)),
    },
    opts,
  );
  const deployers = admitDeployers(address, cluster, { provider });
  const arn = `arn:aws:eks:${region}:${environment.account}:cluster/${NAME}`;
  return { name: NAME, arn, eks: cluster, resources: [cluster, ...deployers] };
}

/** Lets deployments from networks of the company in to the cluster's API. Pods are in the same group, and network policies keep them closed. */
function admitDeployers(
  { environment, region }: RegionContext["address"],
  { securityGroupId }: EksCluster,
  opts: pulumi.CustomResourceOptions,
): readonly pulumi.Resource[] {
  const https = { ipProtocol: "tcp", fromPort: 443, toPort: 443, description: "HTTPS of deployments" };
  return (transitWaysOf(environment, region)?.deployers ?? []).map(
    (cidrIpv4, i) =>
      new aws.vpc.SecurityGroupIngressRule(`deployers-${i + 1}`, { ...https, securityGroupId, cidrIpv4 }, opts),
  );
}

/** The stacks of the tenants of a region, by tenant. */
function tenantsIn({ environment, region }: RegionContext["address"], name: string): Readonly<Record<string, string>> {
  const own = Object.entries(environment.tenants).filter(([, it]) => tenantRegions(it).includes(region));
  return Object.fromEntries(own.map(([id]) => [id, `${name}.${id}`]));
}
