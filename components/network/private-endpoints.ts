import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Place } from "../place.ts";
import { imageLayersAndOwn, ownAccount, ownGateways } from "./endpoint-policy.ts";

/** The AWS services that workloads reach without leaving the network, by the last part of the endpoint's service name. */
export const INTERFACE_ENDPOINTS = [
  "bedrock-agentcore",
  "bedrock-agentcore-control",
  "bedrock-agentcore.gateway",
  "bedrock-runtime",
  "ecr.api",
  "ecr.dkr",
  "eks-auth",
  "kms",
  "lambda",
  "logs",
  "monitoring",
  "secretsmanager",
  "sts",
  "xray",
] as const;

/** The network that gets the endpoints. */
export interface PrivateEndpointsArgs {
  readonly place: Place;
  readonly vpcId: pulumi.Input<string>;
  readonly cidr: string;
  readonly subnetIds: pulumi.Input<string[]>;
  readonly routeTableIds: pulumi.Input<string[]>;
}

/** Private ways to the AWS services of the platform, open to nobody but this account (premise 3). */
export class PrivateEndpoints extends pulumi.ComponentResource {
  readonly s3PrefixListId: pulumi.Output<string>;

  constructor(name: string, args: PrivateEndpointsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:network:PrivateEndpoints", name, {}, opts);
    const { place, vpcId, cidr, subnetIds, routeTableIds } = args;
    const https = { protocol: "tcp", fromPort: 443, toPort: 443, description: "HTTPS in the VPC" };
    const serviceName = (service: string): string => `com.amazonaws.${place.region}.${service}`;

    const group = new aws.ec2.SecurityGroup(
      name,
      { vpcId, description: "From the VPC to AWS", ingress: [{ ...https, cidrBlocks: [cidr] }], egress: [] },
      { parent: this },
    );
    const layers = { serviceName: serviceName("s3"), routeTableIds, policy: imageLayersAndOwn(place) };
    const s3 = new aws.ec2.VpcEndpoint(
      `${name}-s3`,
      { vpcId, vpcEndpointType: "Gateway", ...layers },
      { parent: this },
    );
    for (const service of INTERFACE_ENDPOINTS) {
      new aws.ec2.VpcEndpoint(
        `${name}-${service}`,
        {
          vpcId,
          vpcEndpointType: "Interface",
          serviceName: serviceName(service),
          subnetIds,
          securityGroupIds: [group.id],
          privateDnsEnabled: true,
          policy: policyOf(service, place),
        },
        { parent: this },
      );
    }

    this.s3PrefixListId = s3.prefixListId;
    this.registerOutputs({ s3PrefixListId: this.s3PrefixListId });
  }
}

function policyOf(service: (typeof INTERFACE_ENDPOINTS)[number], place: Place): pulumi.Output<string> {
  return service === "bedrock-agentcore.gateway" ? ownGateways(place) : ownAccount(place);
}
