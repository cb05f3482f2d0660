import type * as pulumi from "@pulumi/pulumi";
import type { Address } from "../../environments/address.ts";
import { AGENTS, MCP_SERVERS } from "../../releases/releases.ts";
import { ZONE_IDS } from "../../environments/residency.ts";
import { TAG } from "../../contracts/tags.ts";
import { EksCluster } from "../../components/compute/eks-cluster.ts";
import { imageRepository } from "../../components/compute/image-repository.ts";
import { DataKey } from "../../components/encryption/data-key.ts";
import { alarmsMayUse } from "../../components/encryption/key-policy.ts";
import { FlowLogs } from "../../components/network/flow-logs.ts";
import { PrivateEndpoints } from "../../components/network/private-endpoints.ts";
import { Vpc } from "../../components/network/vpc.ts";
import { AlertTopic } from "../../components/observability/alert-topic.ts";
import { TransactionSearch } from "../../components/observability/transaction-search.ts";
import type { Place } from "../../components/place.ts";
import { type EnvironmentOutputs, type Outputs, parentOutputs, type RegionOutputs } from "../outputs.ts";
import { awsProvider, served } from "../providers.ts";

/** Name of the region's one cluster; fixed, so that a tenant's trust can name the cluster exactly. */
const CLUSTER_NAME = "alicerce";

/** Builds what the tenants of one region share: network, cluster, image registry, and where alerts and spans go. */
export async function buildRegion(
  name: string,
  address: Address & { layer: "region" },
): Promise<Outputs<RegionOutputs>> {
  const { environment, region, settings } = address;
  const { account } = environment;
  const of = await parentOutputs<EnvironmentOutputs>(name);
  const boundaryArn = of("boundaryArn");
  const place = { account, region, boundaryArn };
  const provider = awsProvider({ account, region, tags: { [TAG.environment]: environment.name } });
  const opts = served(provider);

  const key = new DataKey(
    "key",
    { place, description: `What ${name} keeps`, alias: "alicerce/region", services: [alarmsMayUse(place)] },
    opts,
  );
  const kmsKeyArn = key.arn;
  const { vpc, endpoints } = networkOf(address, { place, kmsKeyArn, opts });
  const { kubeconfig } = new EksCluster(
    CLUSTER_NAME,
    { vpcId: vpc.id, privateSubnetIds: vpc.privateSubnetIds, kmsKeyArn, instanceTypes: settings.instanceTypes },
    opts,
  );
  for (const service of services()) imageRepository(service, kmsKeyArn, { provider });
  const alerts = new AlertTopic("alerts", { place, kmsKeyArn }, opts);
  new TransactionSearch("spans", { place }, opts);

  return {
    alertTopicArn: alerts.arn,
    boundaryArn,
    clusterArn: `arn:aws:eks:${region}:${account}:cluster/${CLUSTER_NAME}`,
    clusterName: CLUSTER_NAME,
    kubeconfig,
    privateSubnetIds: vpc.privateSubnetIds,
    s3PrefixListId: endpoints.s3PrefixListId,
    vpcId: vpc.id,
  };
}

interface NetworkSite {
  readonly place: Place;
  readonly kmsKeyArn: pulumi.Output<string>;
  readonly opts: pulumi.ComponentResourceOptions;
}

function networkOf(
  { region, settings }: Address & { layer: "region" },
  { place, kmsKeyArn, opts }: NetworkSite,
): { readonly vpc: Vpc; readonly endpoints: PrivateEndpoints } {
  const { cidr } = settings;
  const vpc = new Vpc("vpc", { cidr, zoneIds: ZONE_IDS[region] }, opts);
  new FlowLogs("flow-logs", { place, vpcId: vpc.id, kmsKeyArn }, opts);
  const endpoints = new PrivateEndpoints(
    "endpoints",
    { place, cidr, vpcId: vpc.id, subnetIds: vpc.privateSubnetIds, routeTableIds: vpc.privateRouteTableIds },
    opts,
  );
  return { vpc, endpoints };
}

function services(): readonly string[] {
  return [...Object.keys(MCP_SERVERS).map((it) => `mcp-${it}`), ...Object.keys(AGENTS).map((it) => `agent-${it}`)];
}
