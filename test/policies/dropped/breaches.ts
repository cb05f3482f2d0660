import type { Described } from "../programs.ts";
import { type Edit, set, statementsIn, withoutAction } from "../proofs/edits.ts";

const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const CONTAINER = ["spec", "template", "spec", "containers", "0"] as const;

const open = (it: object): object => ({ ...it, Principal: "*", Condition: {} });

/** The variables of a Deployment's container. */
function environmentOf(inputs: object): { name: string; value: string }[] {
  const { spec } = inputs as {
    spec: { template: { spec: { containers: [{ env: { name: string; value: string }[] }] } } };
  };
  return spec.template.spec.containers[0].env;
}

/** Breaches of a few premises, by what they do; each is found by a rule or a proof. */
export const BREACHES: Readonly<Record<string, Edit>> = {
  "a role is granted everything": {
    type: ROLE_POLICY,
    name: "database-setup-reports",
    change: statementsIn("policy", (all) => [...all, { Effect: "Allow", Action: "*", Resource: "*" }]),
  },
  "a role is granted another tenant's table": {
    type: ROLE_POLICY,
    name: "token-claims-reports",
    change: statementsIn("policy", (all) => [
      ...all,
      {
        Effect: "Allow",
        Action: "dynamodb:GetItem",
        Resource: "arn:aws:dynamodb:eu-west-1:222233334444:table/of-another",
      },
    ]),
  },
  "nobody takes what an agent says": {
    type: "aws:cloudwatch/eventRule:EventRule",
    name: "agent-data-transformer-hears-integration-processor",
    change: set(["eventPattern"], '{"source":["agent.integration-processor"],"detail-type":["records.checked"]}'),
  },
  "every workflow of GitHub deploys": {
    type: "aws:iam/role:Role",
    name: "deploy",
    change: statementsIn("assumeRolePolicy", (all) => all.map((it) => ({ ...it, Condition: {} }))),
  },
  "a bucket lets everybody in": {
    type: "aws:s3/bucketPolicy:BucketPolicy",
    name: "bucket",
    change: statementsIn("policy", (all) => all.map((it) => ({ ...open(it), Effect: "Allow" }))),
  },
  "logs are under no key": {
    type: "aws:cloudwatch/logGroup:LogGroup",
    name: "logs",
    change: set(["kmsKeyId"], undefined),
  },
  "a key is copied out of the residency": {
    type: "aws:kms/replicaKey:ReplicaKey",
    name: "key-standby",
    change: set(["region"], "ap-southeast-1"),
  },
  "a database admits the internet": {
    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    name: "database",
    change: (it) => {
      delete it["referencedSecurityGroupId"];
      it["cidrIpv4"] = "0.0.0.0/0";
    },
  },
  "an agent asks a model anywhere in the world": {
    type: DEPLOYMENT,
    name: "agent-customer-support",
    change: (it) => {
      for (const one of environmentOf(it))
        if (one.name === "MODEL_ID") one.value = "global.anthropic.claude-sonnet-4-5-20250929-v1:0";
    },
  },
  "an agent's image is named by a tag": {
    type: DEPLOYMENT,
    name: "agent-data-transformer",
    change: set([...CONTAINER, "image"], "222233334444.dkr.ecr.eu-west-1.amazonaws.com/alicerce/agent:latest"),
  },
  "anybody may call a server": {
    type: "aws:bedrock/agentcoreResourcePolicy:AgentcoreResourcePolicy",
    name: "mcp-files-v1-runtime",
    change: statementsIn("policy", (all) => all.map((it) => ({ ...open(it), Effect: "Allow" }))),
  },
  "a namespace lets everything in": {
    type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
    name: "namespace-default-deny",
    change: set(["spec", "ingress"], [{}]),
  },
  "a gateway has another issuer": {
    type: "aws:bedrock/agentcoreGateway:AgentcoreGateway",
    name: "gateway-internal",
    change: set(
      ["authorizerConfiguration", "customJwtAuthorizer", "discoveryUrl"],
      "https://identity.example.com/realms/acme-corp/.well-known/openid-configuration",
    ),
  },
  "everybody may call a function": {
    type: "aws:lambda/permission:Permission",
    name: "pool",
    change: (it) => Object.assign(it, { principal: "*", sourceArn: undefined }),
  },
  "a rotation cannot say that its new secret is the current one": {
    type: ROLE_POLICY,
    name: "secret-rotation-secrets",
    change: withoutAction("policy", "secretsmanager:UpdateSecretVersionStage"),
  },
  "a pod leaves a setting to its default": {
    type: DEPLOYMENT,
    name: "agent-product-recommendation",
    change: set([...CONTAINER, "securityContext"], undefined),
  },
  "a dashboard has a name by which no role knows it": {
    type: "aws:cloudwatch/dashboard:Dashboard",
    name: "dashboard",
    change: set(["dashboardName"], "of-another"),
  },
  "a BFF is not told its table of jobs": {
    type: DEPLOYMENT,
    name: "bff-b2b",
    change: (it) => {
      const variables = environmentOf(it);
      variables.splice(0, variables.length, ...variables.filter(({ name }) => name !== "JOBS_TABLE"));
    },
  },
  "a page offers a provider that the data does not name": {
    type: DEPLOYMENT,
    name: "bff-b2c",
    change: (it) => {
      for (const one of environmentOf(it)) if (one.name === "SIGN_IN_PROVIDERS") one.value = '["Facebook"]';
    },
  },
  "hosts of webhooks are no list": {
    type: DEPLOYMENT,
    name: "bff-b2b",
    change: (it) => {
      for (const one of environmentOf(it)) if (one.name === "WEBHOOK_HOSTS") one.value = "{";
    },
  },
  "rules of orders are not those of the data": {
    type: DEPLOYMENT,
    name: "bff-b2b",
    change: (it) => {
      for (const one of environmentOf(it)) if (one.name === "ORDER_RULES") one.value = '{"mostLines":100}';
    },
  },
  "a server is told of an API that is none of the environment's": {
    type: "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime",
    name: "mcp-api-integration-v2",
    change: (it) => {
      const variables = it["environmentVariables"] as { BACKENDS: string };
      variables.BACKENDS = variables.BACKENDS.replace("https://orders.", "https://orders.of-another.");
    },
  },
  "a VPC asks for names of everybody": {
    type: "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList",
    name: "name-firewall-allowed",
    change: (it) => {
      (it["domains"] as string[]).push("*.us-east-1.amazonaws.com");
    },
  },
  "a VPC may not ask for the hosts of its own environment": {
    type: "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList",
    name: "name-firewall-allowed",
    change: (it) => {
      it["domains"] = (it["domains"] as string[]).filter((domain) => domain !== "*.staging.agents.example.com");
    },
  },
  "a stack may name keys by aliases that it has, and by none that it makes": {
    type: "aws:iam/policy:Policy",
    name: /^execution-staging\.eu-west-1\.xyz-gmbh-/,
    change: statementsIn("policy", (all) =>
      all.map((it) =>
        JSON.stringify(it["Condition"] ?? {}).includes("aws:ResourceTag")
          ? { ...it, Action: [it["Action"]].flat().filter((of) => of !== "kms:CreateAlias") }
          : it,
      ),
    ),
  },
  "a region is healthy although nobody tries its gateways": {
    type: "aws:route53/healthCheck:HealthCheck",
    name: "gateways",
    change: set(["insufficientDataHealthStatus"], "Healthy"),
  },
  "a subnet hands out public addresses": {
    type: "aws:ec2/subnet:Subnet",
    name: "vpc-euw1-az1-private",
    change: set(["mapPublicIpOnLaunch"], true),
  },
};

/** What a breach declares in a tenant's stack. */
export const STRANGERS: readonly Described[] = [
  {
    type: "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding",
    name: "everything",
    inputs: {
      metadata: { name: "everything" },
      roleRef: { kind: "ClusterRole", name: "cluster-admin" },
      subjects: [{ kind: "ServiceAccount", name: "coordinator", namespace: "xyz-gmbh" }],
    },
  },
  { type: "aws:lb/loadBalancer:LoadBalancer", name: "public", inputs: { loadBalancerType: "network" } },
];

/** What the real engine declares besides, and nobody refuses. */
export const OF_THE_ENGINE: Described = { type: "pulumi:providers:eks", name: "default_4_3_0" };
