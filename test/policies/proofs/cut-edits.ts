import { type Edit, type Inputs, set, statementsIn, withoutAction } from "./edits.ts";

export const NETWORK_POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
export const NAME_POLICY = "kubernetes:networking.k8s.aws/v1alpha1:ApplicationNetworkPolicy";
export const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
export const SERVICE = "kubernetes:core/v1:Service";
export const ASSOCIATION = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
export const CLUSTER = "aws:eks/cluster:Cluster";
export const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
export const GROUP = "aws:ec2/securityGroup:SecurityGroup";
export const ROLE = "aws:iam/role:Role";
export const GRANT = "aws:iam/rolePolicy:RolePolicy";
export const RUNTIME = "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime";
export const RESOURCE_POLICY = "aws:bedrock/agentcoreResourcePolicy:AgentcoreResourcePolicy";
export const FUNCTION = "aws:lambda/function:Function";
export const GATEWAY = "aws:bedrock/agentcoreGateway:AgentcoreGateway";
export const POOL = "kubernetes:karpenter.sh/v1:NodePool";
export const TARGET = "aws:bedrock/agentcoreGatewayTarget:AgentcoreGatewayTarget";
export const USER_POOL_CLIENT = "aws:cognito/userPoolClient:UserPoolClient";
export const DATABASE = "aws:rds/cluster:Cluster";

/** A network policy without its rules for what leaves. */
export function closed(name: string): Edit {
  return { type: NETWORK_POLICY, name: `namespace-${name}`, change: set(["spec", "egress"], []) };
}

export function dnsBy(protocol: "TCP" | "UDP"): Edit {
  const ports = [{ protocol, port: 53 }];
  return {
    type: NETWORK_POLICY,
    name: "namespace-allow-dns",
    change: set(["spec", "egress", "0", "ports"], ports),
  };
}

export function endpoint(service: string, change?: Edit["change"]): Edit {
  return { type: ENDPOINT, name: `endpoints-${service}`, ...(change && { change }) };
}

export const withoutPrivateDns = (service: string): Edit => endpoint(service, set(["privateDnsEnabled"], false));
export const ofAnotherAccount = (service: string): Edit =>
  endpoint(
    service,
    statementsIn("policy", (all) =>
      all.map((it) => ({ ...it, Condition: { StringEquals: { "aws:PrincipalAccount": "999900001111" } } })),
    ),
  );

export const granted = (name: string, action: string): Edit => ({
  type: GRANT,
  name,
  change: withoutAction("policy", action),
});
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

export const variable = (name: string, value: string): NonNullable<Edit["change"]> =>
  set(["environmentVariables", name], value);

export const CONTAINER = ["spec", "template", "spec", "containers", "0"] as const;
export const TOKEN = "agent-coordinator-token";
export const SERVER = "mcp-database-v3";
export const INTERCEPTOR = "interceptor-b2b";
export const EGRESS: Edit = { type: GROUP, name: SERVER, change: set(["egress"], []) };
export const IMAGE = `111122223333.dkr.ecr.eu-west-1.amazonaws.com/alicerce/elsewhere@sha256:${"0".repeat(64)}`;

/** An edit of the coordinator's Deployment. */
export const ofAgent = (path: readonly [string, ...string[]], value: unknown): Edit => ({
  type: DEPLOYMENT,
  name: "agent-coordinator",
  change: set(path, value),
});

/** Gives a variable of a Deployment's one container another value. */
export function told(name: string, variable: string, value: string): Edit {
  return {
    type: DEPLOYMENT,
    name,
    change: (inputs) => {
      const env = CONTAINER.reduce<unknown>((it, key) => (it as Inputs)[key], inputs) as { env: Inputs[] };
      const entry = env.env.find((it) => it["name"] === variable);
      if (entry === undefined) throw new TypeError(`${name} is not told ${variable}`);
      entry["value"] = value;
    },
  };
}
