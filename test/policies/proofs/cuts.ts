import type { PathName } from "../../../contracts/paths.ts";
import { type Edit, set, statementsIn, withoutAction } from "./edits.ts";
import { IDES_REACH_THEIR_ISSUER } from "./identity-server-cuts.ts";

const NETWORK_POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const SERVICE = "kubernetes:core/v1:Service";
const ASSOCIATION = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
const CLUSTER = "aws:eks/cluster:Cluster";
const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const ROLE = "aws:iam/role:Role";
const GRANT = "aws:iam/rolePolicy:RolePolicy";
const RUNTIME = "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime";
const RESOURCE_POLICY = "aws:bedrock/agentcoreResourcePolicy:AgentcoreResourcePolicy";
const FUNCTION = "aws:lambda/function:Function";
const GATEWAY = "aws:bedrock/agentcoreGateway:AgentcoreGateway";
const TARGET = "aws:bedrock/agentcoreGatewayTarget:AgentcoreGatewayTarget";
const USER_POOL_CLIENT = "aws:cognito/userPoolClient:UserPoolClient";
const DATABASE = "aws:rds/cluster:Cluster";

/** A network policy without its rules for what leaves. */
function closed(name: string): Edit {
  return { type: NETWORK_POLICY, name: `namespace-${name}`, change: set(["spec", "egress"], []) };
}

function dnsBy(protocol: "TCP" | "UDP"): Edit {
  const ports = [{ protocol, port: 53 }];
  return {
    type: NETWORK_POLICY,
    name: "namespace-allow-dns",
    change: set(["spec", "egress", "0", "ports"], ports),
  };
}

function endpoint(service: string, change?: Edit["change"]): Edit {
  return { type: ENDPOINT, name: `endpoints-${service}`, ...(change && { change }) };
}

const withoutPrivateDns = (service: string): Edit => endpoint(service, set(["privateDnsEnabled"], false));
const ofAnotherAccount = (service: string): Edit =>
  endpoint(
    service,
    statementsIn("policy", (all) =>
      all.map((it) => ({ ...it, Condition: { StringEquals: { "aws:PrincipalAccount": "999900001111" } } })),
    ),
  );

const granted = (name: string, action: string): Edit => ({
  type: GRANT,
  name,
  change: withoutAction("policy", action),
});
const bounded = (action: string): Edit => ({
  type: "aws:iam/policy:Policy",
  name: "boundary",
  change: withoutAction("policy", action),
});

/** A resource policy that refuses everybody. */
const refusing = (name: string): Edit => ({
  type: RESOURCE_POLICY,
  name,
  change: statementsIn("policy", (all) => all.map((it) => ({ ...it, Condition: {} }))),
});

const variable = (name: string, value: string): NonNullable<Edit["change"]> =>
  set(["environmentVariables", name], value);

const CONTAINER = ["spec", "template", "spec", "containers", "0"] as const;
const TOKEN = "agent-coordinator-token";
const ROTATION = "secret-rotation";
const SERVER = "mcp-database-v3";
const INTERCEPTOR = "interceptor-b2b";
const EGRESS: Edit = { type: GROUP, name: SERVER, change: set(["egress"], []) };
const IMAGE = `111122223333.dkr.ecr.eu-west-1.amazonaws.com/alicerce/elsewhere@sha256:${"0".repeat(64)}`;

/** For each hop of each path, an edit of the plans that cuts it. */
export const CUTS: { readonly [P in PathName]: Readonly<Record<string, Edit>> } = {
  "agents-resolve-names": {
    range: { type: CLUSTER, name: /./, change: set(["kubernetesNetworkConfig", "serviceIpv4Cidr"], undefined) },
    udp: dnsBy("TCP"),
    tcp: dnsBy("UDP"),
  },
  "agents-get-credentials": {
    agent: closed("allow-pod-identity"),
    association: { type: ASSOCIATION, name: "agent-coordinator" },
    trust: {
      type: ROLE,
      name: "agent-coordinator",
      change: withoutAction("assumeRolePolicy", "sts:TagSession"),
    },
    exchange: withoutPrivateDns("eks-auth"),
  },
  "agents-reach-each-other": {
    service: {
      type: SERVICE,
      name: "agent-coordinator",
      change: set(["spec", "ports", "0", "targetPort"], "a2a"),
    },
    egress: {
      type: SERVICE,
      name: "agent-coordinator",
      change: set(["spec", "selector", "alicerce.dev/kind"], undefined),
    },
    ingress: {
      type: NETWORK_POLICY,
      name: "namespace-allow-agents",
      change: set(["spec", "ingress", "0", "ports", "0", "port"], 9001),
    },
  },
  "agents-scale-with-load": {
    autoscaler: { type: "kubernetes:autoscaling/v2:HorizontalPodAutoscaler", name: "agent-coordinator" },
    metrics: { type: "aws:eks/addon:Addon", name: "alicerce-metrics-server" },
  },
  "agents-call-their-model": {
    model: {
      type: DEPLOYMENT,
      name: "agent-coordinator",
      change: set([...CONTAINER, "env"], [{ name: "MODEL_ID", value: "global.amazon.nova-pro-v1:0" }]),
    },
    send: closed("allow-private-endpoints"),
    endpoint: { type: GROUP, name: "endpoints", change: set(["ingress", "0", "cidrBlocks"], ["10.99.0.0/16"]) },
    "endpoint-policy": ofAnotherAccount("bedrock-runtime"),
    identity: granted("agent-coordinator", "bedrock:InvokeModelWithResponseStream"),
    boundary: bounded("bedrock:InvokeModel"),
  },
  "agents-get-tokens": {
    function: { type: FUNCTION, name: TOKEN },
    send: closed("allow-private-endpoints"),
    endpoint: endpoint("lambda"),
    "endpoint-policy": ofAnotherAccount("lambda"),
    identity: granted("agent-coordinator-asks", "lambda:InvokeFunction"),
    boundary: bounded("lambda:InvokeFunction"),
    outside: { type: FUNCTION, name: TOKEN, change: set(["vpcConfig"], { subnetIds: ["subnet-1"] }) },
    client: { type: "aws:cognito/userPoolDomain:UserPoolDomain", name: "pool" },
    secret: { type: "aws:lambda/invocation:Invocation", name: ROTATION },
    "secret-identity": granted(`${TOKEN}-key`, "kms:Decrypt"),
    "secret-boundary": bounded("secretsmanager:GetSecretValue"),
    "key-policy": { type: "aws:kms/key:Key", name: "key", change: withoutAction("policy", "kms:Decrypt") },
  },
  "agents-call-their-gateways": {
    gateway: { type: GATEWAY, name: /./ },
    send: closed("allow-private-endpoints"),
    endpoint: withoutPrivateDns("bedrock-agentcore.gateway"),
    "endpoint-policy": ofAnotherAccount("bedrock-agentcore.gateway"),
    client: {
      type: GATEWAY,
      name: "gateway-b2b",
      change: set(["authorizerConfiguration", "customJwtAuthorizer", "allowedClients"], ["another"]),
    },
  },
  "gateways-call-their-servers": {
    runtime: { type: RUNTIME, name: SERVER },
    endpoint: {
      type: "aws:bedrock/agentcoreAgentRuntimeEndpoint:AgentcoreAgentRuntimeEndpoint",
      name: SERVER,
      change: set(["name"], "another"),
    },
    identity: { type: GRANT, name: /^b2b-/ },
    boundary: bounded("bedrock-agentcore:InvokeAgentRuntime"),
    "runtime-policy": refusing(`${SERVER}-runtime`),
    "endpoint-policy": refusing(`${SERVER}-endpoint`),
  },
  "servers-reach-their-database": {
    database: { type: RUNTIME, name: SERVER, change: variable("DATABASE_HOST", "db.example.com") },
    send: { type: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", name: "database-client" },
    receive: {
      type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      name: "database",
      change: set(["fromPort"], 5433),
    },
    identity: { type: RUNTIME, name: SERVER, change: variable("DATABASE_USER", "administrator") },
    boundary: bounded("rds-db:connect"),
    login: { type: DATABASE, name: "database", change: set(["iamDatabaseAuthenticationEnabled"], false) },
  },
  "ides-reach-their-issuer": IDES_REACH_THEIR_ISSUER,
  "servers-read-their-keys": {
    secret: { type: "aws:secretsmanager/secret:Secret", name: /keys/ },
    send: EGRESS,
    endpoint: endpoint("secretsmanager"),
    "endpoint-policy": ofAnotherAccount("secretsmanager"),
    identity: granted(`${SERVER}-calls-1`, "secretsmanager:GetSecretValue"),
    boundary: bounded("secretsmanager:GetSecretValue"),
    "key-identity": granted(`${SERVER}-calls-1`, "kms:Decrypt"),
    "key-boundary": bounded("kms:Decrypt"),
    "key-policy": { type: "aws:kms/key:Key", name: "key", change: withoutAction("policy", "kms:Decrypt") },
  },
  "rotations-reach-their-secrets": {
    function: {
      type: "aws:secretsmanager/secretRotation:SecretRotation",
      name: `${ROTATION}-agent-coordinator`,
      change: set(["rotationLambdaArn"], "arn:aws:lambda:eu-west-1:111122223333:function:another"),
    },
    invoke: {
      type: "aws:lambda/permission:Permission",
      name: `${ROTATION}-agent-coordinator`,
      change: set(["sourceArn"], "arn:aws:secretsmanager:eu-west-1:111122223333:secret:another-abcdef"),
    },
    first: { type: "aws:lambda/invocation:Invocation", name: ROTATION },
    client: { type: FUNCTION, name: ROTATION, change: set(["environment", "variables", "CLIENTS"], "{}") },
    outside: { type: FUNCTION, name: ROTATION, change: set(["vpcConfig"], { subnetIds: ["subnet-1"] }) },
    identity: granted(`${ROTATION}-secrets`, "cognito-idp:AddUserPoolClientSecret"),
    boundary: bounded("secretsmanager:UpdateSecretVersionStage"),
    "key-policy": { type: "aws:kms/key:Key", name: "key", change: withoutAction("policy", "kms:GenerateDataKey") },
  },
  "workloads-pull-their-image": {
    repository: {
      type: RUNTIME,
      name: SERVER,
      change: set(["agentRuntimeArtifact", "containerConfiguration", "containerUri"], IMAGE),
    },
    authorize: endpoint("ecr.api"),
    registry: withoutPrivateDns("ecr.dkr"),
    layers: endpoint("s3"),
    identity: granted(SERVER, "ecr:BatchGetImage"),
    boundary: bounded("ecr:GetDownloadUrlForLayer"),
  },
  "gateways-ask-their-interceptor": {
    runs: { type: FUNCTION, name: "interceptor-b2b", change: set(["reservedConcurrentExecutions"], 0) },
    trust: { type: ROLE, name: "gateway-b2b", change: withoutAction("assumeRolePolicy", "sts:AssumeRole") },
    identity: { type: GRANT, name: "gateway-b2b-interceptor" },
    boundary: bounded("lambda:InvokeFunction"),
    "engine-identity": granted("gateway-b2b-policies", "bedrock-agentcore:AuthorizeAction"),
    "engine-boundary": bounded("bedrock-agentcore:PartiallyAuthorizeActions"),
  },
  "interceptors-know-their-tenant": {
    table: { type: FUNCTION, name: INTERCEPTOR, change: set(["environment", "variables", "TENANT_TABLE"], "another") },
    entry: { type: "aws:dynamodb/tableItem:TableItem", name: "table" },
    issuer: {
      type: FUNCTION,
      name: INTERCEPTOR,
      change: set(["environment", "variables", "ISSUER"], "https://a.example"),
    },
    callers: { type: FUNCTION, name: INTERCEPTOR, change: set(["environment", "variables", "CLIENTS"], "another") },
    identity: granted(`${INTERCEPTOR}-context`, "kms:Sign"),
    boundary: bounded("dynamodb:UpdateItem"),
  },
  "pools-issue-what-gateways-demand": {
    client: { type: USER_POOL_CLIENT, name: "agent-coordinator", change: set(["userPoolId"], "another") },
    scopes: { type: "aws:cognito/resourceServer:ResourceServer", name: "b2b", change: set(["scopes"], []) },
    granted: { type: USER_POOL_CLIENT, name: "agent-coordinator", change: set(["allowedOauthScopes"], ["openid"]) },
    trigger: { type: "aws:cognito/userPool:UserPool", name: "pool", change: set(["userPoolTier"], "LITE") },
    invoke: { type: "aws:lambda/permission:Permission", name: "pool" },
  },
  "realms-issue-what-gateways-demand": {
    scope: {
      type: "keycloak:index/realmOptionalClientScopes:RealmOptionalClientScopes",
      name: "realm",
      change: set(["optionalScopes"], ["mcp:write"]),
    },
    audience: { type: "keycloak:openid/audienceProtocolMapper:AudienceProtocolMapper", name: "realm-mcp:read" },
    claims: {
      type: "keycloak:openid/hardcodedClaimProtocolMapper:HardcodedClaimProtocolMapper",
      name: "realm-mcp:write",
      change: set(["claimValue"], "another"),
    },
  },
  "servers-hear-who-calls": {
    passed: { type: TARGET, name: "b2b-database", change: set(["metadataConfiguration", "allowedRequestHeaders"], []) },
    heard: {
      type: RUNTIME,
      name: SERVER,
      change: set(["requestHeaderConfiguration", "requestHeaderAllowlists"], ["X-Tenant-ID"]),
    },
    believed: { type: RUNTIME, name: SERVER, change: variable("CONTEXT_ISSUER", "urn:another") },
  },
  "servers-reach-their-files": {
    bucket: { type: RUNTIME, name: "mcp-files-v1", change: variable("FILES_BUCKET", "another") },
    key: { type: "aws:kms/key:Key", name: "key", change: set(["keyUsage"], "SIGN_VERIFY") },
    send: { type: GROUP, name: "mcp-files-v1", change: set(["egress"], []) },
    endpoint: endpoint("s3"),
    "endpoint-policy": ofAnotherAccount("s3"),
    identity: granted("mcp-files-v1-calls-1", "kms:GenerateDataKey"),
    boundary: bounded("s3:ListBucket"),
  },
};
