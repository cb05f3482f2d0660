import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../identity/policy-document.ts";
import type { PrivateNetwork, Place } from "../place.ts";

/** Lambda makes the function's network interfaces in its role's name; the function itself may not. */
export function functionInterfaces({ account, region }: Place): readonly Statement[] {
  const change = [
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:UnassignPrivateIpAddresses",
  ];
  const look = ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"];
  return [
    // Lambda refuses a role that may delete fewer than all of them.
    { Effect: "Allow", Action: change, Resource: `arn:aws:ec2:${region}:${account}:*/*` },
    { Effect: "Allow", Action: look, Resource: "*" },
    {
      Sid: "NotTheFunctionItself",
      Effect: "Deny",
      Action: [...change, ...look],
      Resource: "*",
      Condition: { ArnLike: { "lambda:SourceFunctionArn": `arn:aws:lambda:${region}:${account}:function:*` } },
    },
  ];
}

/** A security group from which a function reaches the private endpoints of AWS, and what else of the VPC serves HTTPS. */
export function functionEgress(
  name: string,
  { vpcId, cidr }: PrivateNetwork,
  opts: pulumi.CustomResourceOptions,
): aws.ec2.SecurityGroup {
  const https = { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: [cidr], description: "Private endpoints" };
  return new aws.ec2.SecurityGroup(
    name,
    { vpcId, description: `${name}: HTTPS to the endpoints of the VPC`, ingress: [], egress: [https] },
    opts,
  );
}
