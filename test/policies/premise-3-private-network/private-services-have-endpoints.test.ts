import * as aws from "@pulumi/aws";
import { privateServicesHaveEndpoints } from "../../../policies/premise-3-private-network/private-services-have-endpoints.ts";
import { testRule } from "../../support/rule-tester.ts";
import type { Plan } from "../../../plan/model.ts";
import { planOf, REGION, served, urnOf } from "../programs.ts";

const INTERFACES = [
  ...["bedrock-agentcore", "bedrock-agentcore.gateway", "bedrock-runtime", "ecr.api", "ecr.dkr", "eks-auth"],
  ...["events", "kms", "lambda", "logs", "monitoring", "secretsmanager", "sqs", "sts", "xray"],
];

/** A VPC with every endpoint, but without some; `dns` for all of its interfaces. */
function vpc({ without = [], dns = true }: { without?: readonly string[]; dns?: boolean | "omitted" } = {}): void {
  const opts = served();
  const { id } = new aws.ec2.Vpc("vpc", { cidrBlock: "10.2.0.0/16" }, opts);
  for (const service of ["s3", ...INTERFACES].filter((it) => !without.includes(it))) {
    const serviceName = `com.amazonaws.${REGION}.${service}`;
    const kind = service === "s3" ? { vpcEndpointType: "Gateway" } : { vpcEndpointType: "Interface", ...resolved(dns) };
    new aws.ec2.VpcEndpoint(service, { vpcId: id, serviceName, ...kind }, opts);
  }
}

function resolved(dns: boolean | "omitted"): { privateDnsEnabled?: boolean } {
  return dns === "omitted" ? {} : { privateDnsEnabled: dns };
}

const missing = (service: string): string => `"vpc" must have a private endpoint for ${service}.`;
const [first = "", ...others] = INTERFACES.map(missing);

/** A VPC without endpoints, with what is in its only subnet. */
function used(...users: readonly string[]): Plan {
  const [vpcType, subnetType] = ["aws:ec2/vpc:Vpc", "aws:ec2/subnet:Subnet"];
  const subnet = {
    type: subnetType,
    name: "subnet",
    inputs: {},
    propertyDependencies: { vpcId: [urnOf(vpcType, "vpc")] },
  };
  const dependencies = { subnets: [urnOf(subnetType, "subnet")] };
  return planOf(
    { type: vpcType, name: "vpc", inputs: {} },
    subnet,
    ...users.map((type) => ({ type, name: "user", propertyDependencies: dependencies })),
  );
}

const BALANCER = "aws:lb/loadBalancer:LoadBalancer";

testRule(privateServicesHaveEndpoints, {
  accepts: { "a VPC with an endpoint for each service": () => vpc() },
  ignores: { "a VPC with nothing but a load balancer in it": used(BALANCER) },
  rejects: {
    "a VPC with a cluster beside the load balancer": [
      used(BALANCER, "aws:eks/cluster:Cluster"),
      missing("s3"),
      first,
      ...others,
    ],
    "a VPC of which the stack does not say what is in it": [used(), missing("s3"), first, ...others],
    "a VPC without one of them": [() => vpc({ without: ["kms"] }), missing("kms")],
    "a VPC without a way to S3": [() => vpc({ without: ["s3"] }), missing("s3")],
    "a service whose name merely begins alike": [
      () => vpc({ without: ["bedrock-agentcore"] }),
      missing("bedrock-agentcore"),
    ],
    "endpoints that no name leads to": [() => vpc({ dns: false }), first, ...others],
    "endpoints whose names are left out": [() => vpc({ dns: "omitted" }), first, ...others],
  },
});
