import type { Outputs, RegionOutputs } from "../outputs.ts";
import { regionAdministration } from "./administration.ts";
import { regionCluster } from "./cluster.ts";
import { type RegionAddress, regionContext } from "./context.ts";
import { regionDashboard } from "./dashboard.ts";
import { regionEdge } from "./edge.ts";
import { regionGuardRails } from "./guard-rails.ts";
import { identityObjectives } from "./identity/objectives.ts";
import { regionInternalApis } from "./internal-apis.ts";
import { regionKeycloak } from "./identity/keycloak.ts";
import { regionKey } from "./key.ts";
import { regionNames } from "./names.ts";
import { regionNetwork } from "./network.ts";
import { regionObservability } from "./observability.ts";
import { regionWebAcls } from "./web-acls.ts";

/** Declares what the tenants of one region share: network, cluster, identity provider, and where alerts and spans go. */
export async function buildRegion(name: string, address: RegionAddress): Promise<Outputs<RegionOutputs>> {
  const context = await regionContext(name, address);
  const key = regionKey(context);
  const network = regionNetwork(context, key);
  regionInternalApis(context, network);
  const cluster = regionCluster(context, { key, network });
  const observability = regionObservability(context, { key, cluster });
  regionGuardRails(context, { key, observability });
  regionDashboard(context, { cluster, observability });
  const keycloak = regionKeycloak(context, { cluster, network });
  const webAcls = regionWebAcls(context, key);
  const edge = regionEdge(context, { network, cluster, webAcls, keycloak });
  regionAdministration(context, { network, cluster, keycloak, edge });
  regionNames(context, { edge, observability });
  identityObjectives(context, { edge, keycloak, observability });

  return {
    alertTopicArn: observability.alerts.arn,
    boundaryArn: context.place.boundaryArn,
    clusterArn: cluster.arn,
    clusterName: cluster.name,
    dynamodbUrl: network.endpoints.urls.dynamodb,
    edgeListenerArn: edge.balancer.listenerArn,
    gatewayWebAclArn: webAcls.gateways.arn,
    identityWebAclArn: webAcls.identity.arn,
    kubeconfig: cluster.eks.kubeconfig,
    privateSubnetIds: network.vpc.privateSubnetIds,
    s3PrefixListId: network.endpoints.s3PrefixListId,
    s3Url: network.endpoints.urls.s3,
    vpcId: network.vpc.id,
  };
}
