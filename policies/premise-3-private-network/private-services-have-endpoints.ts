import { CONTROL } from "../engine/frameworks.ts";
import { LOAD_BALANCERS } from "../facts/network/load-balancers.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { absent, every, some } from "../engine/three-values.ts";

const SUBNET = "aws:ec2/subnet:Subnet";

/** What is in a subnet and belongs to the network itself. */
const NETWORK: readonly string[] = [
  "aws:ec2/natGateway:NatGateway",
  "aws:ec2/networkAclAssociation:NetworkAclAssociation",
  "aws:ec2/routeTableAssociation:RouteTableAssociation",
];

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";

/** What runtimes and agents call, stated here again on purpose: S3 through a gateway endpoint, the others through an interface with private DNS. */
export const SERVICES_CALLED = [
  "s3",
  "bedrock-agentcore",
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
];

export const privateServicesHaveEndpoints = rule({
  premise: 3,
  id: "private-services-have-endpoints",
  severity: "high",
  description: "The AWS services that the platform calls are reached inside the VPC, not through the internet.",
  remediation: "Add a VpcEndpoint for the service, with `privateDnsEnabled` unless it is a gateway endpoint.",
  frameworks: [CONTROL.soc2Transmission, CONTROL.isoNetwork, CONTROL.pciNetwork],
  subjects: { types: [TYPE.vpc], where: (it, stack) => !isEdge(it, stack) },
  judge: SERVICES_CALLED.map((service) => (vpc, stack) => {
    const endpoints = stack.referrers(vpc, ENDPOINT, "vpcId");
    const serves = some(endpoints, (it) => isServiceOf(it, service) && isResolvedPrivately(it));
    return serves ? undefined : absent(`"${vpc.name}" must have a private endpoint for ${service}.`);
  }),
});

function isServiceOf(it: ResourceView, service: string): boolean {
  return it.text("serviceName") === `com.amazonaws.${it.region ?? ""}.${service}`;
}

function isResolvedPrivately(it: ResourceView): boolean {
  return it.text("vpcEndpointType") === "Interface"
    ? it.flag("privateDnsEnabled") === true
    : (it.text("vpcEndpointType") ?? "Gateway") === "Gateway";
}

/** Whether load balancers, and nothing else, are in the subnets of a VPC: they call no service of AWS. */
function isEdge(vpc: ResourceView, stack: StackIndex): boolean {
  const users = stack
    .referrers(vpc, SUBNET, "vpcId")
    .flatMap((subnet) => stack.naming(subnet))
    .filter(({ type }) => !NETWORK.includes(type));
  return users.length > 0 && every(users, ({ type }) => LOAD_BALANCERS.includes(type));
}
