import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { NOTHING, TLS_POLICY } from "./public-load-balancer.ts";

/** Where a load balancer without public addresses is, and from where it may be asked. */
export interface InternalLoadBalancerArgs {
  readonly vpcId: pulumi.Input<string>;
  /** Who may ask: the VPC, and who comes in by a way that the network has. */
  readonly ranges: readonly string[];
  readonly subnetIds: pulumi.Input<string[]>;
  readonly certificateArn: pulumi.Input<string>;
  /** Where access logs go. */
  readonly logBucket: pulumi.Input<string>;
}

/** A way to the region's cluster from inside the network alone: it ends TLS, keeps a record, and answers 404 to what nothing asks for (premise 3). */
export class InternalLoadBalancer extends pulumi.ComponentResource {
  readonly balancer: aws.lb.LoadBalancer;
  readonly securityGroupId: pulumi.Output<string>;
  /** ARN of its HTTPS listener. */
  readonly listenerArn: pulumi.Output<string>;

  constructor(name: string, args: InternalLoadBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:edge:InternalLoadBalancer", name, {}, opts);
    const { vpcId, ranges, subnetIds, certificateArn, logBucket } = args;
    const ingress = [
      { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: [...ranges], description: "HTTPS from the VPC" },
    ];
    const description = "From the network to the load balancer";
    const group = new aws.ec2.SecurityGroup(name, { vpcId, description, ingress }, { parent: this });
    this.balancer = new aws.lb.LoadBalancer(
      name,
      {
        internal: true,
        loadBalancerType: "application",
        subnets: subnetIds,
        securityGroups: [group.id],
        accessLogs: { bucket: logBucket, enabled: true },
        dropInvalidHeaderFields: true,
        desyncMitigationMode: "defensive",
        enableDeletionProtection: true,
      },
      { parent: this },
    );

    this.securityGroupId = group.id;
    this.listenerArn = this.listen(name, certificateArn);
    this.registerOutputs({ listenerArn: this.listenerArn });
  }

  private listen(name: string, certificateArn: pulumi.Input<string>): pulumi.Output<string> {
    const https = { port: 443, protocol: "HTTPS", sslPolicy: TLS_POLICY, certificateArn, defaultActions: [NOTHING] };
    return new aws.lb.Listener(name, { loadBalancerArn: this.balancer.arn, ...https }, { parent: this }).arn;
  }
}
