import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** Which network is recorded, and under which key. */
export interface QueryLogsArgs {
  readonly vpcId: pulumi.Input<string>;
  readonly kmsKeyArn: pulumi.Input<string>;
}

/** The record of every name that something in a VPC asked for, kept for a year in the VPC's region (premise 7). */
export class QueryLogs extends pulumi.ComponentResource {
  constructor(name: string, { vpcId, kmsKeyArn }: QueryLogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:network:QueryLogs", name, {}, opts);
    // Whoever creates the configuration lets Route 53 write to groups with this prefix alone.
    const group = new aws.cloudwatch.LogGroup(
      name,
      { name: "/aws/vendedlogs/alicerce/names", kmsKeyId: kmsKeyArn, retentionInDays: 365 },
      { parent: this },
    );
    const config = new aws.route53.ResolverQueryLogConfig(
      name,
      { name: "alicerce", destinationArn: group.arn },
      { parent: this },
    );
    new aws.route53.ResolverQueryLogConfigAssociation(
      name,
      { resolverQueryLogConfigId: config.id, resourceId: vpcId },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
