import { type Planted, STACKS } from "../environment.ts";

const { acme, acmeRegion, environment, region, xyz } = STACKS;
const ACCOUNT = "111122223333";

/** Ways through the network by which somebody reaches what is another tenant's, or data leaves. */
export const networkLeaks: readonly Planted[] = [
  {
    name: "a database open to the whole VPC",
    story: "The database of xyz-gmbh accepts every pod and runtime of the VPC.",
    change: (it) =>
      it.add(xyz, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "database-vpc", {
        securityGroupId: it.output(xyz, "SecurityGroup", "database", "id"),
        cidrIpv4: "10.2.0.0/16",
        ipProtocol: "tcp",
        fromPort: 5432,
        toPort: 5432,
      }),
  },
  {
    name: "a database open by the older rule resource",
    story: "The same by aws.ec2.SecurityGroupRule from everywhere.",
    change: (it) =>
      it.add(xyz, "aws:ec2/securityGroupRule:SecurityGroupRule", "database-all", {
        securityGroupId: it.output(xyz, "SecurityGroup", "database", "id"),
        type: "ingress",
        cidrBlocks: ["0.0.0.0/0"],
        protocol: "tcp",
        fromPort: 5432,
        toPort: 5432,
      }),
  },
  {
    name: "another tenant's server among the database's clients",
    story:
      "The files server of xyz-gmbh joins the security group of acme-corp's database clients; a server of no database.",
    change: (it) =>
      it.edit(acme, "AgentcoreAgentRuntime", "mcp-files-v1", (all) => {
        all["networkConfiguration"].networkModeConfig.securityGroups.push(
          it.output(acme, "SecurityGroup", "database", "id"),
          it.output(xyz, "SecurityGroup", "database-client", "id"),
        );
      }),
  },
  {
    name: "peering of Europe and the US",
    story: "The VPCs of two residencies are peered and routed.",
    change: (it) => {
      it.add(region, "aws:ec2/vpcPeeringConnection:VpcPeeringConnection", "us", {
        vpcId: it.output(region, "Vpc", "vpc", "id"),
        peerVpcId: it.output(acmeRegion, "Vpc", "vpc", "id"),
        peerRegion: "us-east-1",
      });
      it.add(region, "aws:ec2/route:Route", "us", {
        routeTableId: it.output(region, "RouteTable", "vpc-euw1-az1-private", "id"),
        destinationCidrBlock: "10.0.0.0/16",
        vpcPeeringConnectionId: "pcx-1",
      });
    },
  },
  {
    name: "a transit gateway",
    story: "The European VPC hangs on a transit gateway that other networks share.",
    change: (it) =>
      it.add(region, "aws:ec2transitgateway/vpcAttachment:VpcAttachment", "shared", {
        transitGatewayId: "tgw-1",
        vpcId: it.output(region, "Vpc", "vpc", "id"),
        subnetIds: [it.output(region, "Subnet", "vpc-euw1-az1-private", "id")],
      }),
  },
  {
    name: "a route of everything to a transit gateway",
    story: "What has no route of its own leaves by a network of the company, and what is there answers.",
    change: (it) =>
      it.edit(region, "Route", "vpc-euw1-az1-private", (all) => {
        delete all["natGatewayId"];
        all["transitGatewayId"] = "tgw-1";
      }),
  },
  {
    name: "nodes that do not encrypt",
    story: "The general pool may take any instance, so that agents of different nodes talk in clear text.",
    change: (it) =>
      it.edit(region, "NodePool", "alicerce-general", (all) => {
        all["spec"].template.spec.requirements = all["spec"].template.spec.requirements.slice(0, 2);
      }),
  },
  {
    name: "load balancers that do not encrypt",
    story: "Without the control, the load balancer sends requests to BFFs in clear text.",
    change: (it) => it.remove(region, "VpcEncryptionControl", "vpc"),
  },
  {
    name: "a network of the company comes in",
    story: "The endpoints admit all private addresses.",
    change: (it) =>
      it.edit(region, "SecurityGroup", "endpoints", (all) => {
        all["ingress"][0].cidrBlocks = ["10.0.0.0/8"];
      }),
  },
  {
    name: "an endpoint service for everybody",
    story: "A private link into the VPC that every account may connect to.",
    change: (it) =>
      it.add(region, "aws:ec2/vpcEndpointService:VpcEndpointService", "agents", {
        acceptanceRequired: false,
        allowedPrincipals: ["*"],
        networkLoadBalancerArns: [`arn:aws:elasticloadbalancing:eu-west-1:${ACCOUNT}:loadbalancer/net/a/1`],
      }),
  },
  {
    name: "an endpoint to a vendor's service",
    story: "An interface endpoint to a service of another account, outside the region's own.",
    change: (it) =>
      it.add(region, "aws:ec2/vpcEndpoint:VpcEndpoint", "vendor", {
        vpcId: it.output(region, "Vpc", "vpc", "id"),
        serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0",
        serviceRegion: "us-east-1",
        vpcEndpointType: "Interface",
        subnetIds: [it.output(region, "Subnet", "vpc-euw1-az1-private", "id")],
      }),
  },
  {
    name: "an S3 endpoint for any account",
    story: "Without its policy the endpoint carries objects to buckets of other accounts.",
    change: (it) =>
      it.edit(region, "VpcEndpoint", "endpoints-s3", (all) => {
        delete all["policy"];
      }),
  },
  {
    name: "a runtime on the public network",
    story: "The database server runs outside the VPC, with a way to the internet.",
    change: (it) =>
      it.edit(xyz, "AgentcoreAgentRuntime", "mcp-database-v3", (all) => {
        all["networkConfiguration"] = { networkMode: "PUBLIC" };
      }),
  },
  {
    name: "a runtime with egress to everywhere",
    story: "The security group of a server with data lets it send anywhere.",
    change: (it) =>
      it.edit(xyz, "SecurityGroup", "mcp-database-v3", (all) => {
        all["egress"] = [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }];
      }),
  },
  {
    name: "a tenant's DNS name points elsewhere",
    story: "identity.eu-west-1 is a CNAME of the identity server in the US, which then signs in Europeans.",
    change: (it) =>
      it.add(environment, "aws:route53/record:Record", "identity", {
        zoneId: it.output(environment, "Zone", "zone", "id"),
        name: "identity.eu-west-1.agents.example.com",
        type: "CNAME",
        ttl: 60,
        records: ["identity.us-east-1.agents.example.com"],
      }),
  },
  {
    name: "queries are forwarded",
    story: "A resolver rule forwards the VPC's queries to a server outside.",
    change: (it) =>
      it.add(region, "aws:route53/resolverRule:ResolverRule", "out", {
        domainName: "amazonaws.com",
        ruleType: "FORWARD",
        targetIps: [{ ip: "203.0.113.5" }],
      }),
  },
  {
    name: "a CDN in front of the gateway",
    story: "CloudFront ends TLS for b2b anywhere in the world.",
    change: (it) =>
      it.add(xyz, "aws:cloudfront/distribution:Distribution", "b2b", {
        enabled: true,
        origins: [
          { originId: "b2b", domainName: "xyz-gmbh-b2b-05zcc2mgud.gateway.bedrock-agentcore.eu-west-1.amazonaws.com" },
        ],
      }),
  },
  {
    name: "a global accelerator",
    story: "Packets of Europeans enter AWS anywhere.",
    change: (it) =>
      it.add(region, "aws:globalaccelerator/accelerator:Accelerator", "world", { name: "world", enabled: true }),
  },
  {
    name: "a lattice between tenants",
    story: "A VPC Lattice service network in which pods of all tenants meet.",
    change: (it) =>
      it.add(region, "aws:vpclattice/serviceNetworkVpcAssociation:ServiceNetworkVpcAssociation", "shared", {
        serviceNetworkIdentifier: "sn-1",
        vpcIdentifier: it.output(region, "Vpc", "vpc", "id"),
      }),
  },
  {
    name: "a function with a URL",
    story: "The token function of an agent can be called by everybody.",
    change: (it) =>
      it.add(xyz, "aws:lambda/functionUrl:FunctionUrl", "tokens", {
        functionName: it.output(xyz, "Function", "agent-coordinator-token", "name"),
        authorizationType: "NONE",
      }),
  },
  {
    name: "a function that any account calls",
    story: "A permission on the token function for another tenant's agent.",
    change: (it) =>
      it.add(xyz, "aws:lambda/permission:Permission", "tokens", {
        action: "lambda:InvokeFunction",
        function: it.output(xyz, "Function", "agent-coordinator-token", "name"),
        principal: it.arn(acme, "Role", "agent-coordinator"),
      }),
  },
  {
    name: "a permission without a source",
    story: "The permission of Cognito lost its source, so any pool of any account calls the function.",
    change: (it) =>
      it.edit(xyz, "Permission", "pool", (all) => {
        delete all["sourceArn"];
      }),
  },
  {
    name: "an API in front of a server",
    story: "An HTTP API calls the runtime of xyz-gmbh's server, past the gateway.",
    change: (it) => {
      it.add(xyz, "aws:apigatewayv2/api:Api", "direct", { name: "direct", protocolType: "HTTP" });
      it.add(xyz, "aws:apigatewayv2/integration:Integration", "direct", {
        apiId: "direct",
        integrationType: "HTTP_PROXY",
        integrationMethod: "POST",
        integrationUri: "https://bedrock-agentcore.eu-west-1.amazonaws.com/runtimes/x/invocations",
      });
    },
  },
  {
    name: "a public load balancer for agents",
    story: "An internet-facing load balancer that forwards to the agents' pods.",
    change: (it) =>
      it.add(region, "aws:lb/loadBalancer:LoadBalancer", "agents", {
        internal: false,
        loadBalancerType: "application",
        subnets: [it.output(region, "Subnet", "vpc-euw1-az1-public", "id")],
      }),
  },
  {
    name: "a public control plane",
    story: "The Kubernetes API is on the internet.",
    change: (it) =>
      it.edit(region, "Cluster", "alicerce-eksCluster", (all) => {
        all["vpcConfig"].endpointPublicAccess = true;
        all["vpcConfig"].publicAccessCidrs = ["0.0.0.0/0"];
      }),
  },
];
