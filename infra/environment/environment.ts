import type { EnvironmentOutputs, Outputs } from "../outputs.ts";
import { accessAnalysis } from "./access-analysis.ts";
import { environmentBoundary } from "./boundary.ts";
import { type EnvironmentAddress, environmentContext } from "./context.ts";
import { environmentDeployment } from "./deployment.ts";
import { environmentDns } from "./dns.ts";
import { serviceRoles } from "./service-roles.ts";

/** Declares what an environment has once: its DNS zone, the boundary of its roles, who deploys it, and who watches what is shared. */
export function buildEnvironment(address: EnvironmentAddress): Outputs<EnvironmentOutputs> {
  const context = environmentContext(address);
  const boundary = environmentBoundary(context);
  const { zone } = environmentDns(context);
  const { role } = environmentDeployment(context, boundary);
  accessAnalysis(context);
  serviceRoles(context);

  return {
    boundaryArn: boundary.boundary.arn,
    clusterBoundaryArn: boundary.clusters.arn,
    deployRoleArn: role.arn,
    nameServers: zone.nameServers,
    zoneId: zone.zoneId,
  };
}
