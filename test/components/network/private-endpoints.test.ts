import { describe, expect, it } from "vitest";
import { PrivateEndpoints } from "../../../components/network/private-endpoints.ts";
import { Vpc } from "../../../components/network/vpc.ts";
import { PLACE, planned, statements } from "../planned.ts";

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const CIDR = "10.7.0.0/16";

const endpoints = () =>
  planned((opts) => {
    const vpc = new Vpc("vpc", { cidr: CIDR, zoneIds: ["euw1-az1", "euw1-az2", "euw1-az3"] }, opts);
    const { id: vpcId, privateSubnetIds: subnetIds, privateRouteTableIds: routeTableIds } = vpc;
    new PrivateEndpoints("endpoints", { place: PLACE, vpcId, cidr: CIDR, subnetIds, routeTableIds }, opts);
  });

describe("PrivateEndpoints", () => {
  it("reaches every service that workloads call", async () => {
    const plan = await endpoints();
    expect(plan.names(ENDPOINT).map((it) => it.replace("endpoints-", ""))).toEqual(
      [
        "bedrock-agentcore",
        "bedrock-agentcore-control",
        "bedrock-agentcore.gateway",
        "bedrock-runtime",
        "dynamodb-by-name",
        "ecr.api",
        "ecr.dkr",
        "eks-auth",
        "events",
        "kms",
        "lambda",
        "logs",
        "monitoring",
        "s3",
        "s3-by-name",
        "secretsmanager",
        "sqs",
        "sts",
        "xray",
      ].sort(),
    );
  });

  it("takes the place of the services' public names, and lets through only the own account", async () => {
    const plan = await endpoints();
    const logs = plan.inputs(ENDPOINT, "endpoints-logs");
    expect(logs).toMatchObject({ vpcEndpointType: "Interface", privateDnsEnabled: true });
    expect(statements(logs["policy"])).toEqual([
      {
        Effect: "Allow",
        Principal: "*",
        Action: "*",
        Resource: "*",
        Condition: { StringEquals: { "aws:PrincipalAccount": "111122223333" } },
      },
    ]);
  });

  it("admits callers with a token to the own account's gateways alone", async () => {
    const plan = await endpoints();
    expect(statements(plan.inputs(ENDPOINT, "endpoints-bedrock-agentcore.gateway")["policy"])).toEqual([
      {
        Effect: "Allow",
        Principal: "*",
        Action: "bedrock-agentcore:InvokeGateway",
        Resource: "arn:aws:bedrock-agentcore:eu-west-1:111122223333:gateway/*",
      },
    ]);
  });

  it("is reached by HTTPS from the VPC alone", async () => {
    const plan = await endpoints();
    expect(plan.inputs("aws:ec2/securityGroup:SecurityGroup", "endpoints")).toMatchObject({
      ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: [CIDR] }],
      egress: [],
    });
  });
});
