import { type Planted, STACKS } from "../environment.ts";

const { development, developmentRegion, region, xyz } = STACKS;
const ACCOUNT = "111122223333";

/** Hops of the network that an operator removes or breaks by mistake. */
export const networkCuts: readonly Planted[] = [
  {
    name: "pods cannot ask DNS",
    story: "The policy that allows DNS was taken for a leftover; no pod finds any name.",
    reaches: ["agent-coordinator"],
    change: (it) => it.remove(xyz, "NetworkPolicy", "namespace-allow-dns"),
  },
  {
    name: "DNS on a wrong port",
    story: "5353 instead of 53.",
    reaches: ["agent-coordinator"],
    change: (it) =>
      it.edit(xyz, "NetworkPolicy", "namespace-allow-dns", (all) => {
        for (const port of all["spec"].egress[0].ports) port.port = 5353;
      }),
  },
  {
    name: "DNS by pods that are not there",
    story:
      "Only pods of kube-dns are allowed, which EKS Auto Mode runs as no pods: it answers at the service's address on the node.",
    reaches: ["agent-coordinator"],
    change: (it) =>
      it.edit(xyz, "NetworkPolicy", "namespace-allow-dns", (all) => {
        all["spec"].egress[0].to.splice(0, 1);
      }),
  },
  {
    name: "pods get no credentials",
    story: "The address of the pod identity agent was mixed up with that of instance metadata.",
    reaches: ["agent-coordinator"],
    change: (it) =>
      it.edit(xyz, "NetworkPolicy", "namespace-allow-pod-identity", (all) => {
        all["spec"].egress[0].to[0].ipBlock.cidr = "169.254.169.254/32";
      }),
  },
  {
    name: "pods do not reach the endpoints",
    story: "The policy names the range of another region.",
    reaches: ["agent-coordinator"],
    change: (it) =>
      it.edit(xyz, "NetworkPolicy", "namespace-allow-private-endpoints", (all) => {
        all["spec"].egress[0].to[0].ipBlock.cidr = "10.0.0.0/16";
      }),
  },
  {
    name: "pods do not reach the endpoints by HTTPS",
    story: "Port 80 instead of 443.",
    reaches: ["agent-coordinator"],
    change: (it) =>
      it.edit(xyz, "NetworkPolicy", "namespace-allow-private-endpoints", (all) => {
        all["spec"].egress[0].ports[0].port = 80;
      }),
  },
  {
    name: "pods do not reach the collector of their node",
    story: "Only the range of Services is allowed; the node's own address, to which the Service leads, is not.",
    reaches: ["agent-coordinator"],
    change: (it) =>
      it.edit(xyz, "NetworkPolicy", "namespace-allow-telemetry", (all) => {
        all["spec"].egress[0].to.splice(1, 1);
      }),
  },
  {
    name: "agents cannot call each other",
    story: "The port of A2A was changed in the policy alone.",
    change: (it) =>
      it.edit(xyz, "NetworkPolicy", "namespace-allow-agents", (all) => {
        all["spec"].ingress[0].ports[0].port = 8080;
      }),
  },
  {
    name: "agents are not selected",
    story: "The label that the policy selects is spelt otherwise.",
    reaches: ["agent-coordinator"],
    change: (it) =>
      it.edit(xyz, "NetworkPolicy", "namespace-allow-agents", (all) => {
        all["spec"].podSelector.matchLabels = { "alicerce.dev/type": "agent" };
      }),
  },
  {
    name: "no endpoint for the models",
    story: "The endpoint of bedrock-runtime was removed to save money.",
    change: (it) => it.remove(region, "VpcEndpoint", "endpoints-bedrock-runtime"),
  },
  {
    name: "no endpoint for secrets",
    story: "The endpoint of Secrets Manager was removed.",
    change: (it) => it.remove(region, "VpcEndpoint", "endpoints-secretsmanager"),
  },
  {
    name: "an endpoint without its name",
    story:
      "Private DNS of the gateways' endpoint is off: agents resolve a public address, which the policy does not allow.",
    change: (it) =>
      it.edit(region, "VpcEndpoint", "endpoints-bedrock-agentcore.gateway", (all) => {
        all["privateDnsEnabled"] = false;
      }),
  },
  {
    name: "an endpoint for another account",
    story: "The account in the policy of the STS endpoint is that of staging.",
    change: (it) => it.replaceText([region, "VpcEndpoint", "endpoints-sts"], ACCOUNT, "222233334444"),
  },
  {
    name: "an endpoint that allows too few actions",
    story: "The policy of the KMS endpoint allows kms:Encrypt only.",
    change: (it) =>
      it.statements([region, "VpcEndpoint", "endpoints-kms"], "policy", (all) =>
        all.map((one) => ({ ...one, Action: "kms:Encrypt" })),
      ),
  },
  {
    name: "endpoints that accept nobody",
    story: "The security group of the endpoints accepts the range of another region.",
    change: (it) =>
      it.edit(region, "SecurityGroup", "endpoints", (all) => {
        all["ingress"][0].cidrBlocks = ["10.0.0.0/16"];
      }),
  },
  {
    name: "an S3 endpoint that is in no route table",
    story: "Image layers cannot be fetched: runtimes have no way to S3.",
    change: (it) =>
      it.edit(region, "VpcEndpoint", "endpoints-s3", (all) => {
        all["routeTableIds"] = [];
      }),
  },
  {
    name: "an S3 endpoint without the layers' bucket",
    story: "The statement for ECR's bucket of layers was cleaned away.",
    change: (it) => it.statements([region, "VpcEndpoint", "endpoints-s3"], "policy", (all) => all.slice(0, 1)),
  },
  {
    name: "a VPC without DNS",
    story: "enableDnsSupport is off, so private names of endpoints resolve nowhere.",
    change: (it) =>
      it.edit(region, "Vpc", "vpc", (all) => {
        all["enableDnsSupport"] = false;
      }),
  },
  {
    name: "a VPC without host names",
    story: "enableDnsHostnames is off, which private DNS of endpoints needs.",
    change: (it) =>
      it.edit(region, "Vpc", "vpc", (all) => {
        all["enableDnsHostnames"] = false;
      }),
  },
  {
    name: "a private subnet without a way out",
    story: "The default route of one zone is missing; nodes there do not join.",
    change: (it) => it.remove(region, "Route", "vpc-euw1-az1-private"),
  },
  {
    name: "a subnet in no route table",
    story: "The association of one zone is missing, so its nodes have the main table only.",
    change: (it) => it.remove(region, "RouteTableAssociation", "vpc-euw1-az2-private"),
  },
  {
    name: "a public subnet without an internet gateway",
    story: "NAT gateways have no way to the internet.",
    reaches: ["vpc-euw1-az1"],
    change: (it) => it.remove(region, "Route", "vpc-public"),
  },
  {
    name: "a NAT gateway in a private subnet",
    story: "The NAT gateway of a zone stands in the private subnet, whose route points back at it.",
    change: (it) =>
      it.edit(region, "NatGateway", "vpc-euw1-az1", (all) => {
        all["subnetId"] = it.output(region, "Subnet", "vpc-euw1-az1-private", "id");
      }),
  },
  {
    name: "a database that accepts nobody",
    story: "The ingress rule of the database was removed.",
    change: (it) => it.remove(xyz, "SecurityGroupIngressRule", "database"),
  },
  {
    name: "a client that may not send",
    story: "The clients' group allows MySQL's port.",
    reaches: ["mcp-database-v3"],
    change: (it) =>
      it.edit(xyz, "SecurityGroupEgressRule", "database-client", (all) => {
        all["fromPort"] = 3306;
        all["toPort"] = 3306;
      }),
  },
  {
    name: "a server that is no client of its database",
    story: "The group of database clients was left out of the runtime.",
    change: (it) =>
      it.edit(xyz, "AgentcoreAgentRuntime", "mcp-database-v3", (all) => {
        all["networkConfiguration"].networkModeConfig.securityGroups.splice(1, 1);
      }),
  },
  {
    name: "a database on another port",
    story: "The cluster listens on 5433, rules and servers say 5432.",
    change: (it) =>
      it.edit(xyz, "Cluster", "database", (all) => {
        all["port"] = 5433;
      }),
  },
  {
    name: "a server without HTTPS to the endpoints",
    story: "The egress of the server's security group is empty.",
    change: (it) =>
      it.edit(xyz, "SecurityGroup", "mcp-files-v1", (all) => {
        all["egress"] = [];
      }),
  },
  {
    name: "a runtime in subnets of the internet",
    story: "The runtime's interfaces are in public subnets, where they have no public address and no way out.",
    change: (it) =>
      it.edit(xyz, "AgentcoreAgentRuntime", "mcp-api-integration-v2", (all) => {
        all["networkConfiguration"].networkModeConfig.subnets = [
          it.output(region, "Subnet", "vpc-euw1-az1-public", "id"),
        ];
      }),
  },
  {
    name: "an agent on Runtime without egress",
    story: "The coordinator of development reaches neither its gateway nor its model.",
    environment: "development",
    change: (it) =>
      it.edit(development, "SecurityGroup", "agent-coordinator", (all) => {
        all["egress"] = [];
      }),
  },
  {
    name: "no endpoint for agents on Runtime",
    story: "The endpoint of the gateways is missing in development.",
    environment: "development",
    change: (it) => it.remove(developmentRegion, "VpcEndpoint", "endpoints-bedrock-agentcore.gateway"),
  },
];
