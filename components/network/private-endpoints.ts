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
  "events",
  "kms",
  "lambda",
  "logs",
  "monitoring",
  "secretsmanager",
  "sqs",
  "sts",
  "xray",
] as const;

/**
 * The stores that pods reach by the endpoint's own name, which they are told. Network policies know addresses alone, so that a gateway
 * endpoint, whose addresses are public, is none for pods; and the public name of each stays with the gateway endpoint of Amazon S3, and
 * with callers outside of the network (Amazon DynamoDB and Amazon S3, "AWS PrivateLink").
 */
export const NAMED_ENDPOINTS = ["dynamodb", "s3"] as const;

/** One of `NAMED_ENDPOINTS`. */
export type NamedEndpoint = (typeof NAMED_ENDPOINTS)[number];

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
  /** The URL of each named endpoint, for the AWS SDK. */
  readonly urls: Readonly<Record<NamedEndpoint, pulumi.Output<string>>>;

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
    const inside = { vpcId, vpcEndpointType: "Interface", subnetIds, securityGroupIds: [group.id] };
    for (const service of INTERFACE_ENDPOINTS) {
      const policy = policyOf(service, place);
      new aws.ec2.VpcEndpoint(
        `${name}-${service}`,
        { ...inside, serviceName: serviceName(service), privateDnsEnabled: true, policy },
        { parent: this },
      );
    }
    const named = (service: NamedEndpoint): pulumi.Output<string> =>
      urlOf(
        new aws.ec2.VpcEndpoint(
          `${name}-${service}-by-name`,
          { ...inside, serviceName: serviceName(service), privateDnsEnabled: false, policy: ownAccount(place) },
          { parent: this },
        ),
      );

    this.urls = { dynamodb: named("dynamodb"), s3: named("s3") };
    this.s3PrefixListId = s3.prefixListId;
    this.registerOutputs({ s3PrefixListId: this.s3PrefixListId });
  }
}

function policyOf(service: (typeof INTERFACE_ENDPOINTS)[number], place: Place): pulumi.Output<string> {
  return service === "bedrock-agentcore.gateway" ? ownGateways(place) : ownAccount(place);
}

/** The first name is that of the region; where it stands for several hosts, as that of Amazon S3 does, the one of buckets is meant. */
function urlOf(endpoint: aws.ec2.VpcEndpoint): pulumi.Output<string> {
  return endpoint.dnsEntries.apply(([first]) => `https://${(first?.dnsName ?? "").replace("*", "bucket")}`);
}
