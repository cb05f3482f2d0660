/** The CloudFormation services of an SDK module, where their names differ. */
export const SERVICES: Readonly<Record<string, readonly string[]>> = {
  alb: ["ElasticLoadBalancingV2"],
  amp: ["APS"],
  appautoscaling: ["ApplicationAutoScaling"],
  bedrock: ["Bedrock", "BedrockAgentCore"],
  cfg: ["Config"],
  cloudwatch: ["CloudWatch", "Logs", "Events"],
  ebs: ["EC2"],
  ec2: ["EC2"],
  ec2clientvpn: ["EC2"],
  ec2transitgateway: ["EC2"],
  elasticsearch: ["Elasticsearch"],
  elb: ["ElasticLoadBalancing"],
  lb: ["ElasticLoadBalancingV2"],
  mq: ["AmazonMQ"],
  mskconnect: ["KafkaConnect"],
  opensearch: ["OpenSearchService", "OpenSearchServerless"],
  sesv2: ["SES"],
  sfn: ["StepFunctions"],
  vpc: ["EC2"],
  vpn: ["EC2"],
};

/** The CloudFormation type of a resource, where the name or most property names differ; "" where CloudFormation has no such type. */
export const TYPES: Readonly<Record<string, string>> = {
  "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime": "AWS::BedrockAgentCore::Runtime",
  "aws:bedrock/agentcoreAgentRuntimeEndpoint:AgentcoreAgentRuntimeEndpoint": "AWS::BedrockAgentCore::RuntimeEndpoint",
  "aws:bedrock/agentcoreBrowser:AgentcoreBrowser": "AWS::BedrockAgentCore::BrowserCustom",
  "aws:bedrock/agentcoreCodeInterpreter:AgentcoreCodeInterpreter": "AWS::BedrockAgentCore::CodeInterpreterCustom",
  "aws:cloudwatch/logDelivery:LogDelivery": "AWS::Logs::Delivery",
  "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": "AWS::Logs::DeliveryDestination",
  "aws:cloudwatch/logDeliverySource:LogDeliverySource": "AWS::Logs::DeliverySource",
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": "AWS::Logs::MetricFilter",
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": "AWS::Logs::ResourcePolicy",
  "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": "AWS::Logs::SubscriptionFilter",
  "aws:cloudwatch/metricAlarm:MetricAlarm": "AWS::CloudWatch::Alarm",
  "aws:cognito/resourceServer:ResourceServer": "AWS::Cognito::UserPoolResourceServer",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": "",
  "aws:ec2/securityGroup:SecurityGroup": "AWS::EC2::SecurityGroup",
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": "AWS::IAM::OIDCProvider",
  "aws:iam/policy:Policy": "AWS::IAM::ManagedPolicy",
  "aws:rds/instance:Instance": "AWS::RDS::DBInstance",
  "aws:rds/parameterGroup:ParameterGroup": "AWS::RDS::DBParameterGroup",
  "aws:rds/proxy:Proxy": "AWS::RDS::DBProxy",
  "aws:route53/record:Record": "AWS::Route53::RecordSet",
  "aws:route53/zone:Zone": "AWS::Route53::HostedZone",
  "aws:secretsmanager/secretPolicy:SecretPolicy": "AWS::SecretsManager::ResourcePolicy",
  "aws:sns/topicSubscription:TopicSubscription": "AWS::SNS::Subscription",
};

/** Values that the provider accepts beside those that CloudFormation lists. */
export const MORE_VALUES: Readonly<Record<string, readonly (string | number)[]>> = {
  // 0: the events never expire.
  "aws:cloudwatch/logGroup:LogGroup.retentionInDays": [0],
};

/** Properties whose values the provider compares without regard to case, so that CloudFormation's list does not apply. */
export const ANY_CASE: ReadonlySet<string> = new Set([
  "aws:elasticache/user:User.engine",
  "aws:elasticache/userGroup:UserGroup.engine",
]);

/** Properties that CloudFormation cannot change in place, but the provider can. */
export const IN_PLACE: ReadonlySet<string> = new Set(["aws:ec2/vpcEndpoint:VpcEndpoint.privateDnsEnabled"]);
