import * as aws from "@pulumi/aws";
import type { Address } from "../../environments/address.ts";
import { TAG } from "../../contracts/tags.ts";
import { DeployRole } from "../../components/identity/deploy-role.ts";
import { permissionsBoundary } from "../../components/identity/permissions-boundary.ts";
import type { EnvironmentOutputs, Outputs } from "../outputs.ts";
import { awsProvider, served } from "../providers.ts";

/** Builds what an environment has once: its DNS zone, the ceiling of its roles, who deploys it, and who watches what is shared. */
export function buildEnvironment({ environment }: Address & { layer: "environment" }): Outputs<EnvironmentOutputs> {
  const { name, account, domain, repository } = environment;
  const regions = Object.keys(environment.regions);
  const region = regions[0];
  if (region === undefined) throw new TypeError(`environment "${name}" has no region`);
  const provider = awsProvider({ account, region, tags: { [TAG.environment]: name } });

  const boundary = permissionsBoundary("boundary", { environment: name, account }, { provider });
  const place = { account, region, boundaryArn: boundary.arn };
  const zone = new aws.route53.Zone("zone", { name: domain, comment: `Everything of ${name}` }, { provider });
  const deploy = new DeployRole("deploy", { place, repository }, served(provider));
  for (const each of regions) {
    new aws.accessanalyzer.Analyzer(
      `access-${each}`,
      { analyzerName: "alicerce", type: "ACCOUNT", region: each },
      { provider },
    );
  }

  return { boundaryArn: boundary.arn, deployRoleArn: deploy.arn, nameServers: zone.nameServers, zoneId: zone.zoneId };
}
