import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** The security groups of a load balancer and of a cluster's pods, and the ports of the pods that the one may reach. */
export interface OpenToBalancerArgs {
  readonly balancerGroupId: pulumi.Input<string>;
  readonly clusterGroupId: pulumi.Input<string>;
  readonly ports: readonly number[];
}

/** Lets a load balancer, and nothing else of the internet, reach ports of a cluster's pods; which pods admit it, network policies say. */
export function openToBalancer(
  name: string,
  { balancerGroupId, clusterGroupId, ports }: OpenToBalancerArgs,
  opts: pulumi.CustomResourceOptions,
): readonly pulumi.Resource[] {
  return [...new Set(ports)].flatMap((port) => {
    const between = { ipProtocol: "tcp", fromPort: port, toPort: port, description: `${name} on port ${port}` };
    return [
      new aws.vpc.SecurityGroupEgressRule(
        `${name}-${port}`,
        { ...between, securityGroupId: balancerGroupId, referencedSecurityGroupId: clusterGroupId },
        opts,
      ),
      new aws.vpc.SecurityGroupIngressRule(
        `${name}-${port}`,
        { ...between, securityGroupId: clusterGroupId, referencedSecurityGroupId: balancerGroupId },
        opts,
      ),
    ];
  });
}
