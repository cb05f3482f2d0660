import type { PremiseId } from "../engine/premises.ts";

type Inputs = Readonly<Record<string, unknown>>;

/** A resource that breaks a rule of a premise, and what keeps it. */
export interface Example {
  readonly premise: PremiseId;
  /** The published name of the rule. */
  readonly rule: string;
  readonly type: string;
  readonly name: string;
  readonly inputs: Inputs;
  /** The sentence of the rule. */
  readonly says: string;
  /** The inputs in place of those of the same names. */
  readonly instead: Inputs;
}

const RUNTIME = "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime";

/** One for each premise, in a tenant's stack in the EU; `policies/README.md` shows them, and a test judges them. */
export const EXAMPLES: readonly Example[] = [
  {
    premise: 1,
    rule: "p1-gateways-authenticate-callers",
    type: "aws:bedrock/agentcoreGateway:AgentcoreGateway",
    name: "tools",
    inputs: { authorizerType: "CUSTOM_JWT", authorizerConfiguration: tokensOf({}) },
    says: '"tools" must name the audiences or clients whose tokens it accepts.',
    instead: { authorizerConfiguration: tokensOf({ allowedClients: ["assistant"] }) },
  },
  {
    premise: 2,
    rule: "p2-agents-speak-a2a",
    type: RUNTIME,
    name: "planner",
    inputs: { tags: { "alicerce:kind": "agent" }, protocolConfiguration: { serverProtocol: "HTTP" } },
    says: '"planner" must serve A2A.',
    instead: { protocolConfiguration: { serverProtocol: "A2A" } },
  },
  {
    premise: 3,
    rule: "p3-data-stores-are-private",
    type: "aws:rds/instance:Instance",
    name: "orders",
    inputs: { publiclyAccessible: true },
    says: '"orders" must not have a public address.',
    instead: { publiclyAccessible: false },
  },
  {
    premise: 4,
    rule: "p4-user-pool-clients-keep-to-safe-flows",
    type: "aws:cognito/userPoolClient:UserPoolClient",
    name: "partner",
    inputs: { allowedOauthFlows: ["client_credentials"], generateSecret: false },
    says: '"partner" must have a secret for the flow client_credentials.',
    instead: { generateSecret: true },
  },
  {
    premise: 5,
    rule: "p5-encryption-keys-rotate",
    type: "aws:kms/key:Key",
    name: "data",
    inputs: { enableKeyRotation: true, rotationPeriodInDays: 2560 },
    says: '"data" must be rotated every year.',
    instead: { rotationPeriodInDays: 365 },
  },
  {
    premise: 6,
    rule: "p6-images-are-pinned-by-digest",
    type: RUNTIME,
    name: "database",
    inputs: imageOf("database:3.0.0"),
    says: '"database" must name its images by digest.',
    instead: imageOf(`database@sha256:${"0123456789abcdef".repeat(4)}`),
  },
  {
    premise: 7,
    rule: "p7-log-groups-keep-logs",
    type: "aws:cloudwatch/logGroup:LogGroup",
    name: "calls",
    inputs: { retentionInDays: 30 },
    says: '"calls" must keep its logs for a named number of days, at least 365.',
    instead: { retentionInDays: 365 },
  },
  {
    premise: 8,
    rule: "p8-grants-name-exact-actions",
    type: "aws:iam/rolePolicy:RolePolicy",
    name: "reads",
    inputs: granting("s3:Get*"),
    says: '"reads" must grant exact actions.',
    instead: granting("s3:GetObject"),
  },
  {
    premise: "residency",
    rule: "residency-replicas-stay-in-the-set",
    type: "aws:secretsmanager/secret:Secret",
    name: "token",
    inputs: { replicas: [{ region: "us-east-1" }] },
    says: '"token" must be copied only within the regions of the residency "eu".',
    instead: { replicas: [{ region: "eu-central-1" }] },
  },
];

function tokensOf(restriction: Inputs): Inputs {
  const discoveryUrl = "https://login.example.com/.well-known/openid-configuration";
  return { customJwtAuthorizer: { discoveryUrl, ...restriction } };
}

function imageOf(image: string): Inputs {
  return { agentRuntimeArtifact: { containerConfiguration: { containerUri: `registry.example.com/${image}` } } };
}

function granting(Action: string): Inputs {
  const statement = { Effect: "Allow", Action, Resource: "arn:aws:s3:::files/*" };
  return { policy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }) };
}
