import { type Addition, document } from "./addition.ts";

const ALL = { Effect: "Allow", Action: "*", Resource: "*" };
const RUNTIME = "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime";
const REGISTRATION = "keycloak:index/realmClientRegistrationPolicy:RealmClientRegistrationPolicy";

/** Resources that nobody asked for, each a breach beside what is right. */
export const ADDED_RESOURCES: readonly Addition[] = [
  { type: RUNTIME, operator: "second runtime without a gateway", inputs: () => ({ agentRuntimeName: "one_more" }) },
  {
    type: RUNTIME,
    operator: "second runtime in a public network",
    inputs: () => ({ agentRuntimeName: "one_more", networkConfiguration: { networkMode: "PUBLIC" } }),
  },
  {
    type: "aws:bedrock/agentcoreGateway:AgentcoreGateway",
    operator: "second gateway that asks for no token",
    inputs: () => ({ name: "one-more", authorizerType: "NONE", authorizerConfiguration: undefined }),
  },
  {
    type: "aws:bedrock/agentcoreGateway:AgentcoreGateway",
    operator: "second gateway without policies",
    inputs: () => ({ name: "one-more", policyEngineConfiguration: undefined }),
  },
  {
    type: "aws:bedrock/agentcoreGateway:AgentcoreGateway",
    operator: "second gateway without an interceptor",
    inputs: () => ({ name: "one-more", interceptorConfigurations: undefined }),
  },
  {
    type: "aws:bedrock/agentcoreGatewayTarget:AgentcoreGatewayTarget",
    operator: "second target outside",
    inputs: () => ({
      name: "one-more",
      targetConfiguration: { mcp: { mcpServer: { endpoint: "https://mcp.example.org/mcp" } } },
    }),
  },
  {
    type: "aws:bedrock/agentcorePolicy:AgentcorePolicy",
    operator: "second policy that permits all",
    inputs: () => ({ name: "one_more", definition: { cedar: { statement: "permit(principal, action, resource);" } } }),
  },
  {
    type: "aws:bedrock/agentcoreResourcePolicy:AgentcoreResourcePolicy",
    operator: "second resource policy that admits all",
    inputs: () => ({ policy: document({ ...ALL, Principal: "*" }) }),
  },
  {
    type: "aws:lambda/permission:Permission",
    operator: "second permission for everybody",
    inputs: () => ({ statementId: "one-more", principal: "*", sourceArn: undefined }),
  },
  {
    type: "aws:lambda/permission:Permission",
    operator: "second permission for a pool elsewhere",
    inputs: ({ elsewhere, here }) => ({
      statementId: "one-more",
      sourceArn: `arn:aws:cognito-idp:${here.region}:${elsewhere.account}:userpool/${here.region}_other`,
    }),
  },
  {
    type: "aws:kms/key:Key",
    operator: "second key that everybody uses",
    inputs: () => ({ policy: document({ ...ALL, Action: "kms:*", Principal: "*" }) }),
  },
  { type: "aws:s3/bucket:Bucket", operator: "second bucket without anything", inputs: () => ({ bucket: "one-more" }) },
  {
    type: "aws:secretsmanager/secret:Secret",
    operator: "second secret under no key",
    inputs: () => ({ name: "one-more", kmsKeyId: undefined }),
  },
  {
    type: "aws:cloudwatch/logGroup:LogGroup",
    operator: "second log group under no key",
    inputs: () => ({ name: "/alicerce/one-more", kmsKeyId: undefined }),
  },
  {
    type: "aws:cloudwatch/logGroup:LogGroup",
    operator: "second log group that forgets",
    inputs: () => ({ name: "/alicerce/one-more", retentionInDays: 1 }),
  },
  {
    type: "aws:dynamodb/table:Table",
    operator: "second table under no key",
    inputs: () => ({ name: "one-more", serverSideEncryption: undefined }),
  },
  {
    type: "aws:dynamodb/table:Table",
    operator: "second table with a copy elsewhere",
    inputs: ({ elsewhere }) => ({ name: "one-more", replicas: [{ regionName: elsewhere.region }] }),
  },
  {
    type: "aws:cognito/userPoolClient:UserPoolClient",
    operator: "second client for passwords",
    inputs: () => ({ name: "one-more", explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"] }),
  },
  {
    type: "aws:cognito/userPoolClient:UserPoolClient",
    operator: "second client without a secret",
    inputs: () => ({ name: "one-more", generateSecret: false }),
  },
  {
    type: REGISTRATION,
    operator: "second registration policy of any host",
    inputs: () => ({
      name: "one-more",
      providerId: "trusted-hosts",
      config: { "trusted-hosts": "*", "host-sending-registration-request-must-match": "false" },
    }),
  },
  {
    type: "keycloak:openid/hardcodedClaimProtocolMapper:HardcodedClaimProtocolMapper",
    operator: "second mapper for another tenant",
    inputs: ({ elsewhere }) => ({ name: "one-more", claimValue: elsewhere.tenant }),
  },
  {
    type: "keycloak:openid/audienceProtocolMapper:AudienceProtocolMapper",
    operator: "second mapper for another tenant",
    inputs: ({ elsewhere }) => ({
      name: "one-more",
      includedCustomAudience: `https://${elsewhere.tenant}.internal.${elsewhere.region}.agents.example.com/mcp`,
    }),
  },
  {
    type: "kubernetes:core/v1:Service",
    operator: "second service that faces the internet",
    inputs: ({ here }) => ({
      metadata: { name: "one-more", namespace: here.tenant },
      spec: { type: "LoadBalancer", ports: [{ port: 9000 }] },
    }),
  },
  {
    type: "aws:eks/podIdentityAssociation:PodIdentityAssociation",
    operator: "second identity for the default account",
    inputs: () => ({ serviceAccount: "default" }),
  },
  {
    type: "aws:eks/podIdentityAssociation:PodIdentityAssociation",
    operator: "second identity for another tenant",
    inputs: ({ elsewhere }) => ({ namespace: elsewhere.tenant }),
  },
  {
    type: "aws:sns/topicSubscription:TopicSubscription",
    operator: "second subscriber outside",
    inputs: () => ({ protocol: "https", endpoint: "http://collector.example.org/" }),
  },
  {
    type: "aws:ec2/vpcEndpoint:VpcEndpoint",
    operator: "second endpoint without a policy",
    inputs: () => ({ policy: undefined }),
  },
  {
    type: "aws:ec2/subnet:Subnet",
    operator: "second subnet with public addresses",
    inputs: () => ({ mapPublicIpOnLaunch: true }),
  },
  {
    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    operator: "second attachment of an administrator",
    inputs: () => ({ policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }),
  },
];
