type Inputs = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const ARN = "arn:aws:iam::111111111111:role/alicerce/x";
const VPC = { vpcId: "vpc-1" };
const TAGS = { tags: { "alicerce:environment": "production" } };

const NETWORK: Inputs = {
  "aws:ec2/vpc:Vpc": { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true, enableDnsSupport: true, ...TAGS },
  "aws:ec2/subnet:Subnet": {
    ...VPC,
    cidrBlock: "10.0.0.0/20",
    availabilityZoneId: "euw1-az1",
    mapPublicIpOnLaunch: false,
  },
  "aws:ec2/internetGateway:InternetGateway": VPC,
  "aws:ec2/eip:Eip": { domain: "vpc", ...TAGS },
  "aws:ec2/natGateway:NatGateway": { allocationId: "eipalloc-1", subnetId: "subnet-1" },
  "aws:ec2/routeTable:RouteTable": { ...VPC, region: "eu-west-1" },
  "aws:ec2/route:Route": { routeTableId: "rtb-1", destinationCidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": { routeTableId: "rtb-1", subnetId: "subnet-1" },
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": { ...VPC, ingress: [], egress: [] },
  "aws:ec2/securityGroup:SecurityGroup": {
    ...VPC,
    description: "runtimes",
    egress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/16"], description: "endpoints" }],
  },
  "aws:ec2/flowLog:FlowLog": {
    ...VPC,
    trafficType: "ALL",
    logDestinationType: "cloud-watch-logs",
    logDestination: ARN,
    iamRoleArn: ARN,
    logFormat: "${version} ${encryption-status}",
    maxAggregationInterval: 60,
  },
  "aws:ec2/vpcEncryptionControl:VpcEncryptionControl": { ...VPC, mode: "monitor" },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    ...VPC,
    serviceName: "com.amazonaws.eu-west-1.bedrock-agentcore",
    vpcEndpointType: "Interface",
    privateDnsEnabled: true,
    subnetIds: ["subnet-1"],
    securityGroupIds: ["sg-1"],
    policy: "{}",
  },
  "aws:route53/zone:Zone": { name: "example.com" },
};

const SECURITY: Inputs = {
  "aws:kms/key:Key": {
    description: "acme",
    enableKeyRotation: true,
    deletionWindowInDays: 30,
    multiRegion: true,
    policy: "{}",
  },
  "aws:kms/alias:Alias": { name: "alias/acme", targetKeyId: "k" },
  "aws:kms/replicaKey:ReplicaKey": { primaryKeyArn: ARN, region: "eu-central-1", deletionWindowInDays: 30 },
  "aws:iam/role:Role": { path: "/alicerce/", permissionsBoundary: ARN, assumeRolePolicy: "{}", ...TAGS },
  "aws:iam/rolePolicy:RolePolicy": { role: "role", policy: "{}" },
  "aws:iam/policy:Policy": {
    name: "alicerce-production-boundary",
    path: "/alicerce/",
    policy: {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: ["kms:Decrypt"], Resource: "*", Condition: { StringEquals: { a: "b" } } }],
    },
  },
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
    url: "https://token.actions.githubusercontent.com",
    clientIdLists: ["sts.amazonaws.com"],
  },
  "aws:accessanalyzer/analyzer:Analyzer": { analyzerName: "production", type: "ACCOUNT" },
  "aws:secretsmanager/secret:Secret": { kmsKeyId: ARN, recoveryWindowInDays: 30, name: "acme/agent" },
  "aws:cognito/userPool:UserPool": {
    name: "acme",
    userPoolTier: "ESSENTIALS",
    deletionProtection: "ACTIVE",
    lambdaConfig: { preTokenGenerationConfig: { lambdaArn: ARN, lambdaVersion: "V3_0" } },
    adminCreateUserConfig: { allowAdminCreateUserOnly: true },
  },
  "aws:cognito/userPoolDomain:UserPoolDomain": {
    domain: "acme-production",
    userPoolId: "eu-west-1_0a1b2c3d4",
    managedLoginVersion: 2,
  },
  "aws:cognito/resourceServer:ResourceServer": {
    identifier: "production.eu-west-1.acme.b2b",
    name: "b2b",
    userPoolId: "eu-west-1_0a1b2c3d4",
    scopes: [{ scopeName: "mcp.read", scopeDescription: "read" }],
  },
  "aws:cognito/userPoolClient:UserPoolClient": {
    userPoolId: "eu-west-1_0a1b2c3d4",
    generateSecret: true,
    allowedOauthFlows: ["client_credentials"],
    allowedOauthFlowsUserPoolClient: true,
    allowedOauthScopes: ["production.eu-west-1.acme.b2b/mcp.read"],
    enableTokenRevocation: true,
    accessTokenValidity: 15,
    tokenValidityUnits: { accessToken: "minutes" },
  },
};

const OPERATION: Inputs = {
  "aws:cloudwatch/logGroup:LogGroup": { name: "/alicerce/acme", kmsKeyId: ARN, retentionInDays: 365 },
  "aws:cloudwatch/logDeliverySource:LogDeliverySource": { name: "s", logType: "APPLICATION_LOGS", resourceArn: ARN },
  "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": {
    name: "d",
    deliveryDestinationType: "XRAY",
    deliveryDestinationConfiguration: { destinationResourceArn: ARN },
  },
  "aws:cloudwatch/logDelivery:LogDelivery": { deliverySourceName: "s", deliveryDestinationArn: ARN },
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": { policyName: "xray", policyDocument: "{}" },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    name: "errors",
    namespace: "AWS/Bedrock-AgentCore",
    metricName: "Duration",
    extendedStatistic: "p99",
    dimensions: { Resource: ARN },
    comparisonOperator: "GreaterThanThreshold",
    threshold: 0.5,
    evaluationPeriods: 3,
    period: 60,
    alarmActions: [ARN],
    treatMissingData: "notBreaching",
  },
  "aws:xray/traceSegmentDestination:TraceSegmentDestination": { destination: "CloudWatchLogs" },
  "aws:sns/topic:Topic": { name: "alerts", kmsMasterKeyId: ARN },
  "aws:sns/topicPolicy:TopicPolicy": { arn: ARN, policy: "{}" },
  "aws:sns/topicSubscription:TopicSubscription": { topic: ARN, protocol: "email", endpoint: "duty@example.com" },
  "aws:ecr/repository:Repository": {
    name: "alicerce/mcp-database",
    imageTagMutability: "IMMUTABLE",
    imageScanningConfiguration: { scanOnPush: true },
    encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: ARN }],
  },
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": {
    clusterName: "c",
    namespace: "acme",
    serviceAccount: "coordinator",
    roleArn: ARN,
  },
  "aws:lambda/function:Function": {
    runtime: "nodejs24.x",
    handler: "index.handler",
    role: ARN,
    code: { "4dabf18193072939515e22adb298388d": "0def7320c3a5731c473e5ecbe6d01bc7", path: "dist" },
  },
  "aws:lambda/permission:Permission": { action: "lambda:InvokeFunction", function: "f", principal: "cognito-idp" },
};

/** Every AWS type of the platform, with inputs as it gives them. */
export const AWS_INPUTS: Inputs = { ...NETWORK, ...SECURITY, ...OPERATION };

const REALM = { realmId: "acme" };

/** Every Keycloak type of the platform, with inputs as it gives them. */
export const KEYCLOAK_INPUTS: Inputs = {
  "keycloak:index/realm:Realm": {
    realm: "acme",
    enabled: true,
    sslRequired: "all",
    accessTokenLifespan: "5m",
    securityDefenses: { bruteForceDetection: { maxLoginFailures: 5 } },
  },
  "keycloak:openid/clientScope:ClientScope": { ...REALM, name: "mcp:read", includeInTokenScope: true },
  "keycloak:index/realmOptionalClientScopes:RealmOptionalClientScopes": { ...REALM, optionalScopes: ["mcp:read"] },
  "keycloak:index/realmDefaultClientScopes:RealmDefaultClientScopes": { ...REALM, defaultScopes: ["tenant"] },
  "keycloak:index/realmEvents:RealmEvents": {
    ...REALM,
    eventsEnabled: true,
    enabledEventTypes: ["CLIENT_REGISTER"],
    eventsExpiration: 86_400,
  },
  "keycloak:openid/audienceProtocolMapper:AudienceProtocolMapper": {
    ...REALM,
    clientScopeId: "s",
    includedCustomAudience: "https://acme.internal.eu-west-1.example.com/mcp",
    addToIdToken: false,
  },
  "keycloak:openid/hardcodedClaimProtocolMapper:HardcodedClaimProtocolMapper": {
    ...REALM,
    clientScopeId: "s",
    claimName: "tenant_id",
    claimValue: "acme",
    claimValueType: "String",
  },
  "keycloak:index/realmClientPolicyProfile:RealmClientPolicyProfile": {
    ...REALM,
    name: "pkce",
    executors: [{ name: "pkce-enforcer", configuration: { "auto-configure": "true" } }],
  },
  "keycloak:index/realmClientPolicyProfilePolicy:RealmClientPolicyProfilePolicy": {
    ...REALM,
    name: "every-client",
    profiles: ["pkce"],
    conditions: [{ name: "any-client", configuration: {} }],
  },
  "keycloak:index/realmClientRegistrationPolicy:RealmClientRegistrationPolicy": {
    ...REALM,
    name: "Max Clients Limit",
    providerId: "max-clients",
    subType: "anonymous",
    config: { "max-clients": "50" },
  },
};
