import { type Edit, set, statementsIn, withoutAction } from "./edits.ts";

/** A type, a name or a path that cuts share. */
export const NETWORK_POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
/** A type, a name or a path that cuts share. */
export const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
/** A type, a name or a path that cuts share. */
export const SERVICE = "kubernetes:core/v1:Service";
/** A type, a name or a path that cuts share. */
export const ASSOCIATION = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
/** A type, a name or a path that cuts share. */
export const CLUSTER = "aws:eks/cluster:Cluster";
/** A type, a name or a path that cuts share. */
export const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
/** A type, a name or a path that cuts share. */
export const GROUP = "aws:ec2/securityGroup:SecurityGroup";
/** A type, a name or a path that cuts share. */
export const ROLE = "aws:iam/role:Role";
/** A type, a name or a path that cuts share. */
export const GRANT = "aws:iam/rolePolicy:RolePolicy";
/** A type, a name or a path that cuts share. */
export const RUNTIME = "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime";
/** A type, a name or a path that cuts share. */
export const RESOURCE_POLICY = "aws:bedrock/agentcoreResourcePolicy:AgentcoreResourcePolicy";
/** A type, a name or a path that cuts share. */
export const FUNCTION = "aws:lambda/function:Function";
/** A type, a name or a path that cuts share. */
export const GATEWAY = "aws:bedrock/agentcoreGateway:AgentcoreGateway";
/** A type, a name or a path that cuts share. */
export const POOL = "kubernetes:karpenter.sh/v1:NodePool";
/** A type, a name or a path that cuts share. */
export const TARGET = "aws:bedrock/agentcoreGatewayTarget:AgentcoreGatewayTarget";
/** A type, a name or a path that cuts share. */
export const USER_POOL_CLIENT = "aws:cognito/userPoolClient:UserPoolClient";
/** A type, a name or a path that cuts share. */
export const DATABASE = "aws:rds/cluster:Cluster";

/** A network policy without its rules for what leaves. */
export function closed(name: string): Edit {
  return { type: NETWORK_POLICY, name: `namespace-${name}`, change: set(["spec", "egress"], []) };
}

/** An edit that cuts share. */
export function dnsBy(protocol: "TCP" | "UDP"): Edit {
  const ports = [{ protocol, port: 53 }];
  return {
    type: NETWORK_POLICY,
    name: "namespace-allow-dns",
    change: set(["spec", "egress", "0", "ports"], ports),
  };
}

/** An edit that cuts share. */
export function endpoint(service: string, change?: Edit["change"]): Edit {
  return { type: ENDPOINT, name: `endpoints-${service}`, ...(change && { change }) };
}

/** An edit that cuts share. */
export const withoutPrivateDns = (service: string): Edit => endpoint(service, set(["privateDnsEnabled"], false));
/** An edit that cuts share. */
export const ofAnotherAccount = (service: string): Edit =>
  endpoint(
    service,
    statementsIn("policy", (all) =>
      all.map((it) => ({ ...it, Condition: { StringEquals: { "aws:PrincipalAccount": "999900001111" } } })),
    ),
  );

/** An edit that cuts share. */
export const granted = (name: string, action: string): Edit => ({
  type: GRANT,
  name,
  change: withoutAction("policy", action),
});
/** An edit that cuts share. */
export const bounded = (action: string): Edit => ({
  type: "aws:iam/policy:Policy",
  name: "boundary",
  change: withoutAction("policy", action),
});

/** A resource policy that refuses everybody. */
export const refusing = (name: string): Edit => ({
  type: RESOURCE_POLICY,
  name,
  change: statementsIn("policy", (all) => all.map((it) => ({ ...it, Condition: {} }))),
});

/** An edit that cuts share. */
export const variable = (name: string, value: string): NonNullable<Edit["change"]> =>
  set(["environmentVariables", name], value);

/** A type, a name or a path that cuts share. */
export const CONTAINER = ["spec", "template", "spec", "containers", "0"] as const;
/** A type, a name or a path that cuts share. */
export const TOKEN = "agent-coordinator-token";
/** A type, a name or a path that cuts share. */
export const SERVER = "mcp-database-v3";
/** A type, a name or a path that cuts share. */
export const INTERCEPTOR = "interceptor-b2b";
/** A type, a name or a path that cuts share. */
export const EGRESS: Edit = { type: GROUP, name: SERVER, change: set(["egress"], []) };
/** A type, a name or a path that cuts share. */
export const IMAGE = `111122223333.dkr.ecr.eu-west-1.amazonaws.com/alicerce/elsewhere@sha256:${"0".repeat(64)}`;

/** An edit of the coordinator's Deployment. */
export const ofAgent = (path: readonly [string, ...string[]], value: unknown): Edit => ({
  type: DEPLOYMENT,
  name: "agent-coordinator",
  change: set(path, value),
});
