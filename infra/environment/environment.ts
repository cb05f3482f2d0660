import type { EnvironmentOutputs, Outputs } from "../outputs.ts";
import { accessAnalysis } from "./access-analysis.ts";
import { accountDefaults } from "./account.ts";
import { environmentBoundary } from "./boundary.ts";
import { type EnvironmentAddress, environmentContext } from "./context.ts";
import { environmentDeployment } from "./deployment.ts";
import { environmentDns } from "./dns.ts";
import { environmentImages } from "./images.ts";
import { executionRoles } from "./execution-roles.ts";
import { organisationPolicies } from "./organisation-policies.ts";
import { serviceRoles } from "./service-roles.ts";

/** Declares what an environment has once: its DNS zone, the boundary of its roles, who deploys it, the registries of images, and who watches what is shared. */
export function buildEnvironment(address: EnvironmentAddress): Outputs<EnvironmentOutputs> {
  const context = environmentContext(address);
  const boundary = environmentBoundary(context);
  const { zone, dsRecord } = environmentDns(context);
  const deployment = environmentDeployment(context, boundary);
  executionRoles(context, { boundary, deployment });
  accessAnalysis(context);
  accountDefaults(context);
  serviceRoles(context);
  environmentImages(context);

  return {
    boundaryArn: boundary.boundary.arn,
    clusterBoundaryArn: boundary.clusters.arn,
    deployRoleArn: deployment.role.arn,
    dsRecord,
    nameServers: zone.nameServers,
    zoneId: zone.zoneId,
    ...organisationPolicies(context),
  };
}
