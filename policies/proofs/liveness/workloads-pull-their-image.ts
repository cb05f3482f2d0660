import { CONTROL } from "../../engine/frameworks.ts";
import { outputOf } from "../../engine/output.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { proof } from "../../engine/proof.ts";
import { findBy } from "../../facts/reach/find.ts";
import { hostOf } from "../../facts/reach/host.ts";
import type { Call } from "../../facts/reach/permission.ts";
import { endpointOf, receives } from "../../facts/reach/private-endpoint.ts";
import { TYPE } from "../../facts/resource-types.ts";
import { imagesOf, POD_TYPES } from "../../facts/workloads.ts";
import { roleChecks } from "./checks/role-checks.ts";
import { cutUnless, type HopChecks, walk } from "./checks/walk.ts";

const REPOSITORY = "aws:ecr/repository:Repository";

/** Nodes pull the images of pods as their own role; AgentCore pulls those of runtimes as the runtime's (Amazon ECR, "interface VPC endpoints"). */
export const workloadsPullTheirImage = proof({
  premise: 6,
  id: "workloads-pull-their-image",
  severity: "high",
  description:
    "The image of every workload is in a repository of its region that is made before its stack, and which what pulls it reaches and may read.",
  remediation:
    "Declare the repository in the environment's stack, and endpoints of ecr.api, ecr.dkr and S3 in the region's VPC.",
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoConfiguration],
  prove: (platform, record) => {
    for (const it of platform.ofType(TYPE.runtime, ...POD_TYPES)) {
      walk(record, "workloads-pull-their-image", it, checksOf(platform, it));
    }
  },
});

function checksOf(platform: Platform, it: Placed): HopChecks<"workloads-pull-their-image"> {
  const host = hostOf(platform, it);
  const repositories = () =>
    imagesOf(it.resource).map((image) => findBy(platform, REPOSITORY, "repositoryUrl", image.split("@")[0]));
  const reached = (service: string) => () => {
    const endpoint = endpointOf(platform, host.vpcId, service);
    const mend = `The VPC must have a private endpoint of ${service} with private DNS that admits "${it.resource.name}".`;
    return cutUnless(endpoint !== undefined && receives(platform, endpoint, host), endpoint ?? it, mend);
  };
  const pulls = (): readonly Call[] => (it.resource.type === TYPE.runtime ? callsOf(repositories()) : []);
  return {
    repository: () => {
      const exist =
        repositories().length > 0 && repositories().every((each) => each !== undefined && isBefore(each, it));
      const mend = `The image of "${it.resource.name}" must be in a repository of a stack that is deployed before, so that it can be pushed.`;
      return cutUnless(exist, it, mend);
    },
    authorize: reached("ecr.api"),
    registry: reached("ecr.dkr"),
    layers: () => {
      const endpoint = endpointOf(platform, host.vpcId, "s3");
      const isGateway =
        endpoint !== undefined && (endpoint.resource.text("vpcEndpointType") ?? "Gateway") === "Gateway";
      return cutUnless(isGateway, endpoint ?? it, "The VPC must have a gateway endpoint of Amazon S3.");
    },
    ...roleChecks(platform, host.role, pulls),
  };
}

/** Whether a stack is deployed before another: that one reads from it. Nothing can be pushed to a repository of the workload's own stack in time. */
function isBefore(repository: Placed, workload: Placed): boolean {
  return workload.stack.name.startsWith(`${repository.stack.name}.`);
}

/** What a runtime's role does in order to pull its image. */
function callsOf(repositories: readonly (Placed | undefined)[]): readonly Call[] {
  const arns = repositories.flatMap((it) => (it === undefined ? [] : [outputOf(it.resource, "arn")]));
  return [
    { action: "ecr:GetAuthorizationToken", resource: "*" },
    ...arns.flatMap((resource) => [
      { action: "ecr:BatchGetImage", resource },
      { action: "ecr:GetDownloadUrlForLayer", resource },
    ]),
  ];
}
