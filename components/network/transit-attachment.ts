import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Vpc } from "./vpc.ts";

/** What a network is attached to, and to which ranges that leads. */
export interface TransitAttachmentArgs {
  readonly vpc: Vpc;
  readonly gatewayId: string;
  /** What runtimes and pods reach: for private subnets alone. */
  readonly apis: readonly string[];
  /** Who comes in, and is answered: by the cluster in private subnets, and by load balancers in public ones. */
  readonly deployers: readonly string[];
}

/** The way from a network to a Transit Gateway, to a list of ranges and nowhere else: no route is learnt, and none leads everywhere (premise 3). */
export class TransitAttachment extends pulumi.ComponentResource {
  constructor(name: string, args: TransitAttachmentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:network:TransitAttachment", name, {}, opts);
    const { vpc, gatewayId, apis, deployers } = args;
    const attachment = new aws.ec2transitgateway.VpcAttachment(
      name,
      {
        transitGatewayId: gatewayId,
        vpcId: vpc.id,
        // One in each zone: what is in a zone without one does not come to the gateway.
        subnetIds: vpc.privateSubnetIds,
        securityGroupReferencingSupport: "disable",
        tags: { Name: name },
      },
      { parent: this },
    );
    for (const [table, routeTableId] of Object.entries(vpc.routeTables))
      for (const range of new Set(table === "public" ? deployers : [...apis, ...deployers]))
        new aws.ec2.Route(
          `${name}-${table}-${range.replaceAll(/[./]/g, "-")}`,
          { routeTableId, destinationCidrBlock: range, transitGatewayId: gatewayId },
          { parent: this, dependsOn: [attachment] },
        );
    this.registerOutputs({});
  }
}
