import { TYPE } from "../../facts/resource-types.ts";
import { EDGE_AND_CLUSTER_LINKS } from "./edge-and-cluster-links.ts";
import type { Link, Target } from "./link.ts";

const ROLE: Target = [TYPE.role, "arn"];
const ROLE_NAME: Target = [TYPE.role, "name"];
const KEY: Target = [TYPE.key, "arn"];
const GROUP: Target = [TYPE.securityGroup, "id"];
/** The group that Amazon EKS makes for a cluster and its nodes. */
const CLUSTER_GROUP: Target = [TYPE.cluster, "vpcConfig.clusterSecurityGroupId"];
const SUBNET: Target = ["aws:ec2/subnet:Subnet", "id"];
const VPC: Target = [TYPE.vpc, "id"];
const ROUTE_TABLE: Target = ["aws:ec2/routeTable:RouteTable", "id"];
const LOG_GROUP: Target = [TYPE.logGroup, "arn"];
const QUEUE: Target = ["aws:sqs/queue:Queue", "arn"];
const TOPIC: Target = ["aws:sns/topic:Topic", "arn"];
const POOL: Target = [TYPE.userPool, "id"];
const BUCKET: Target = [TYPE.bucket, "bucket"];
const CLUSTER: Target = [TYPE.cluster, "name"];
const ROLE_OF_REALM: Target = ["keycloak:index/role:Role", "id"];
const PROFILE: Target = ["keycloak:index/realmClientPolicyProfile:RealmClientPolicyProfile", "name"];
const REALM: Target = [TYPE.realm, "id"];
const RUNTIME: Target = [TYPE.runtime, "agentRuntimeArn"];
const ROUTE = "aws:ec2/route:Route";
const ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation";
const DELIVERY = "aws:cloudwatch/logDelivery:LogDelivery";
const DESTINATION = "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination";
const REPLICATION = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";
const SELECTION = "aws:backup/selection:Selection";
const RESTORE_PLAN = "aws:backup/restoreTestingPlan:RestoreTestingPlan";
const RESTORE_SELECTION = "aws:backup/restoreTestingSelection:RestoreTestingSelection";
const VAULT = "aws:backup/vault:Vault";
const FIREWALL = "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation";
const FIREWALL_RULE = "aws:route53/resolverFirewallRule:ResolverFirewallRule";
const FIREWALL_RULES: Target = ["aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup", "id"];
const DOMAIN_LIST: Target = ["aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList", "id"];
const SAML_PROVIDER = "keycloak:saml/identityProvider:IdentityProvider";
const DIRECTORY_MAPPER = "keycloak:index/customIdentityProviderMapping:CustomIdentityProviderMapping";
const FLOW = "keycloak:authentication/flow:Flow";
const FLOW_STEP = "keycloak:authentication/execution:Execution";
const FLOW_LOG = "aws:ec2/flowLog:FlowLog";

const link = (type: string, path: string, ...targets: readonly Target[]): Link => ({ type, path, targets });
const alone = (type: string, path: string, ...targets: readonly Target[]): Link => ({
  ...link(type, path, ...targets),
  alone: true,
});
const each = (
  paths: readonly (readonly [type: string, path: string])[],
  ...targets: readonly Target[]
): readonly Link[] => paths.map(([type, path]) => link(type, path, ...targets));

/** The settings of a bucket, which are resources of their own. */
const OF_BUCKETS = [
  "aws:s3/bucketObjectv2:BucketObjectv2",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
  "aws:s3/bucketVersioning:BucketVersioning",
  TYPE.bucketEncryption,
  TYPE.bucketPolicy,
].map((type) => [type, "bucket"] as const);

const OF_REALMS = [
  FLOW,
  FLOW_STEP,
  "keycloak:index/realmClientPolicyProfile:RealmClientPolicyProfile",
  "keycloak:index/realmClientPolicyProfilePolicy:RealmClientPolicyProfilePolicy",
  "keycloak:index/realmClientRegistrationPolicy:RealmClientRegistrationPolicy",
  "keycloak:index/realmDefaultClientScopes:RealmDefaultClientScopes",
  "keycloak:index/realmEvents:RealmEvents",
  "keycloak:index/realmOptionalClientScopes:RealmOptionalClientScopes",
  "keycloak:openid/audienceProtocolMapper:AudienceProtocolMapper",
  "keycloak:openid/clientScope:ClientScope",
  "keycloak:openid/hardcodedClaimProtocolMapper:HardcodedClaimProtocolMapper",
].map((type) => [type, "realmId"] as const);

/** The properties that AWS keeps data under a key with. */
const ENCRYPTED = [
  [TYPE.gateway, "kmsKeyArn"],
  [TYPE.policyEngine, "encryptionKeyArn"],
  [TYPE.logGroup, "kmsKeyId"],
  [TYPE.table, "serverSideEncryption.kmsKeyArn"],
  [TYPE.database, "kmsKeyId"],
  [TYPE.database, "masterUserSecretKmsKeyId"],
  [TYPE.secret, "kmsKeyId"],
  [TYPE.cluster, "encryptionConfig.provider.keyArn"],
  [TYPE.replicaKey, "primaryKeyArn"],
  [TYPE.function, "kmsKeyArn"],
  ["aws:cfg/deliveryChannel:DeliveryChannel", "s3KmsKeyArn"],
  ["aws:cloudtrail/trail:Trail", "kmsKeyId"],
  ["aws:sns/topic:Topic", "kmsMasterKeyId"],
] as const;

/** Every property that names a resource of the platform. */
export const LINKS: readonly Link[] = [
  alone(TYPE.runtime, "roleArn", ROLE),
  alone(TYPE.gateway, "roleArn", ROLE),
  alone(TYPE.function, "role", ROLE),
  alone(TYPE.podIdentityAssociation, "roleArn", ROLE),
  alone(FLOW_LOG, "iamRoleArn", ROLE),
  link(TYPE.runtime, "networkConfiguration.networkModeConfig.securityGroups", GROUP),
  link(TYPE.runtime, "networkConfiguration.networkModeConfig.subnets", SUBNET),
  link(TYPE.endpoint, "agentRuntimeId", [TYPE.runtime, "agentRuntimeId"]),
  link(TYPE.gateway, "policyEngineConfiguration.arn", [TYPE.policyEngine, "policyEngineArn"]),
  link(TYPE.gateway, "interceptorConfigurations.interceptor.lambda.arn", [TYPE.function, "arn"]),
  link(TYPE.gatewayTarget, "gatewayIdentifier", [TYPE.gateway, "gatewayId"]),
  link(TYPE.policy, "policyEngineId", [TYPE.policyEngine, "policyEngineId"]),
  link(TYPE.resourcePolicy, "resourceArn", RUNTIME, [TYPE.endpoint, "agentRuntimeEndpointArn"]),
  link(DELIVERY, "deliveryDestinationArn", [DESTINATION, "arn"]),
  link(DELIVERY, "deliverySourceName", [TYPE.logDeliverySource, "name"]),
  link(DESTINATION, "deliveryDestinationConfiguration.destinationResourceArn", LOG_GROUP),
  link(TYPE.logDeliverySource, "resourceArn", RUNTIME, [TYPE.gateway, "gatewayArn"]),
  link("aws:cloudwatch/metricAlarm:MetricAlarm", "alarmActions", TOPIC),
  ...each(
    [
      [SAML_PROVIDER, "realm"],
      [DIRECTORY_MAPPER, "realm"],
    ],
    REALM,
  ),
  ...each(
    [
      [SAML_PROVIDER, "firstBrokerLoginFlowAlias"],
      [FLOW_STEP, "parentFlowAlias"],
    ],
    [FLOW, "alias"],
  ),
  link(DIRECTORY_MAPPER, "identityProviderAlias", [SAML_PROVIDER, "alias"]),
  link("aws:cognito/resourceServer:ResourceServer", "userPoolId", POOL),
  link("aws:cognito/userPoolClient:UserPoolClient", "userPoolId", POOL),
  link("aws:cognito/userPoolDomain:UserPoolDomain", "userPoolId", POOL),
  link(TYPE.userPool, "lambdaConfig.preTokenGenerationConfig.lambdaArn", [TYPE.function, "arn"]),
  link("aws:cloudwatch/eventBusPolicy:EventBusPolicy", "eventBusName", ["aws:cloudwatch/eventBus:EventBus", "name"]),
  link("aws:cloudwatch/eventBus:EventBus", "kmsKeyIdentifier", KEY),
  link("aws:cloudwatch/eventArchive:EventArchive", "kmsKeyIdentifier", KEY),
  link("aws:cloudwatch/eventArchive:EventArchive", "eventSourceArn", ["aws:cloudwatch/eventBus:EventBus", "arn"]),
  link("aws:cloudwatch/eventRule:EventRule", "eventBusName", ["aws:cloudwatch/eventBus:EventBus", "name"]),
  link("aws:cloudwatch/eventTarget:EventTarget", "arn", TOPIC, [TYPE.function, "arn"], QUEUE),
  link("aws:sqs/queue:Queue", "kmsMasterKeyId", KEY),
  link("aws:sqs/queuePolicy:QueuePolicy", "queueUrl", ["aws:sqs/queue:Queue", "url"]),
  { ...link("aws:route53/keySigningKey:KeySigningKey", "keyManagementServiceArn", KEY), signs: true },
  link("aws:ecr/lifecyclePolicy:LifecyclePolicy", "repository", ["aws:ecr/repository:Repository", "name"]),
  link("aws:cloudwatch/metricAlarm:MetricAlarm", "dimensions.FunctionName", [TYPE.function, "name"]),
  link("aws:cloudwatch/metricAlarm:MetricAlarm", "dimensions.QueueName", ["aws:sqs/queue:Queue", "name"]),
  link(TYPE.loadBalancer, "subnets", SUBNET),
  link("aws:dynamodb/tableItem:TableItem", "tableName", [TYPE.table, "name"]),
  link(FLOW_LOG, "logDestination", LOG_GROUP),
  link(FLOW_LOG, "vpcId", VPC),
  link("aws:ec2/vpcEncryptionControl:VpcEncryptionControl", "vpcId", VPC),
  link(FIREWALL, "vpcId", VPC),
  link(FIREWALL, "firewallRuleGroupId", FIREWALL_RULES),
  link(FIREWALL_RULE, "firewallRuleGroupId", FIREWALL_RULES),
  link(FIREWALL_RULE, "firewallDomainListId", DOMAIN_LIST),
  link("aws:route53/resolverFirewallConfig:ResolverFirewallConfig", "resourceId", VPC),
  alone(
    "aws:ec2/natGateway:NatGateway",
    "allocationId",
    ["aws:ec2/eip:Eip", "allocationId"],
    ["aws:ec2/eip:Eip", "id"],
  ),
  link("aws:ec2/natGateway:NatGateway", "subnetId", SUBNET),
  link(ROUTE, "gatewayId", ["aws:ec2/internetGateway:InternetGateway", "id"]),
  link(ROUTE, "natGatewayId", ["aws:ec2/natGateway:NatGateway", "id"]),
  link(ROUTE, "routeTableId", ROUTE_TABLE),
  link("aws:ec2transitgateway/vpcAttachment:VpcAttachment", "vpcId", VPC),
  link("aws:ec2transitgateway/vpcAttachment:VpcAttachment", "subnetIds", SUBNET),
  alone(ASSOCIATION, "subnetId", SUBNET),
  link(ASSOCIATION, "routeTableId", ROUTE_TABLE),
  link(TYPE.securityGroup, "egress.prefixListIds", [TYPE.vpcEndpoint, "prefixListId"]),
  link("aws:ec2/subnet:Subnet", "vpcId", VPC),
  link("aws:route53/zone:Zone", "vpcs.vpcId", VPC),
  link(TYPE.vpcEndpoint, "vpcId", VPC),
  link(TYPE.vpcEndpoint, "subnetIds", SUBNET),
  link(TYPE.vpcEndpoint, "securityGroupIds", GROUP),
  link(TYPE.vpcEndpoint, "routeTableIds", ROUTE_TABLE),
  link(TYPE.addOn, "clusterName", CLUSTER),
  link(TYPE.cluster, "vpcConfig.subnetIds", SUBNET),
  link(TYPE.podIdentityAssociation, "clusterName", CLUSTER),
  link(TYPE.role, "permissionsBoundary", [TYPE.managedPolicy, "arn"]),
  link(TYPE.rolePolicy, "role", ROLE_NAME),
  link("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "role", ROLE_NAME),
  link("aws:lambda/invocation:Invocation", "functionName", [TYPE.function, "name"]),
  link(TYPE.function, "vpcConfig.securityGroupIds", GROUP),
  link(TYPE.function, "vpcConfig.subnetIds", SUBNET),
  link(TYPE.lambdaPermission, "function", [TYPE.function, "name"]),
  link(
    TYPE.lambdaPermission,
    "sourceArn",
    [TYPE.userPool, "arn"],
    [TYPE.secret, "arn"],
    ["aws:cloudwatch/eventRule:EventRule", "arn"],
  ),
  link(TYPE.database, "vpcSecurityGroupIds", GROUP),
  link("aws:rds/clusterInstance:ClusterInstance", "clusterIdentifier", [TYPE.database, "clusterIdentifier"]),
  link(TYPE.database, "dbClusterParameterGroupName", ["aws:rds/clusterParameterGroup:ClusterParameterGroup", "name"]),
  link("aws:secretsmanager/secretVersion:SecretVersion", "secretId", [TYPE.secret, "arn"]),
  link("aws:sns/topicPolicy:TopicPolicy", "arn", TOPIC),
  link("aws:sns/topicSubscription:TopicSubscription", "topic", TOPIC),
  link("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "securityGroupId", GROUP, CLUSTER_GROUP),
  link("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "referencedSecurityGroupId", GROUP, CLUSTER_GROUP),
  link("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "securityGroupId", GROUP, CLUSTER_GROUP),
  link("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "referencedSecurityGroupId", GROUP, CLUSTER_GROUP),
  link(TYPE.cluster, "roleArn", ROLE),
  link(TYPE.cluster, "computeConfig.nodeRoleArn", ROLE),
  link(TYPE.function, "loggingConfig.logGroup", [TYPE.logGroup, "name"]),
  link("aws:cfg/deliveryChannel:DeliveryChannel", "s3BucketName", BUCKET),
  link("aws:cloudtrail/trail:Trail", "s3BucketName", BUCKET),
  link("aws:cloudwatch/eventTarget:EventTarget", "rule", ["aws:cloudwatch/eventRule:EventRule", "name"]),
  link(TYPE.loadBalancer, "accessLogs.bucket", BUCKET),
  link(TYPE.loadBalancer, "securityGroups", GROUP),
  link(TYPE.bucketEncryption, "rules.applyServerSideEncryptionByDefault.kmsMasterKeyId", KEY, [TYPE.replicaKey, "arn"]),
  alone(REPLICATION, "role", ROLE),
  link(REPLICATION, "rules.destination.bucket", [TYPE.bucket, "arn"]),
  link(REPLICATION, "rules.destination.encryptionConfiguration.replicaKmsKeyId", [TYPE.replicaKey, "arn"]),
  link(TYPE.secret, "replicas.kmsKeyId", [TYPE.replicaKey, "arn"]),
  link("aws:dynamodb/tableReplica:TableReplica", "globalTableArn", [TYPE.table, "arn"]),
  link("aws:dynamodb/tableReplica:TableReplica", "kmsKeyArn", [TYPE.replicaKey, "arn"]),
  alone(TYPE.chatChannel, "iamRoleArn", ROLE),
  link(TYPE.chatChannel, "snsTopicArns", [TYPE.topic, "arn"]),
  alone(SELECTION, "iamRoleArn", ROLE),
  link(RESTORE_SELECTION, "iamRoleArn", ROLE),
  link(RESTORE_SELECTION, "protectedResourceArns", [TYPE.database, "arn"], [TYPE.table, "arn"]),
  link(RESTORE_SELECTION, "restoreMetadataOverrides.kmsMasterKeyArn", KEY),
  link(RESTORE_SELECTION, "restoreTestingPlanName", [RESTORE_PLAN, "name"]),
  link(RESTORE_PLAN, "recoveryPointSelection.includeVaults", [VAULT, "arn"]),
  link(SELECTION, "planId", ["aws:backup/plan:Plan", "id"]),
  link(SELECTION, "resources", [TYPE.database, "arn"], [TYPE.table, "arn"]),
  { ...link("aws:backup/plan:Plan", "rules.targetVaultName", [VAULT, "name"]), near: true },
  link("aws:backup/plan:Plan", "rules.copyActions.destinationVaultArn", [VAULT, "arn"]),
  link("aws:backup/vaultLockConfiguration:VaultLockConfiguration", "backupVaultName", [VAULT, "name"]),
  link(VAULT, "kmsKeyArn", KEY, [TYPE.replicaKey, "arn"]),
  link("aws:rds/subnetGroup:SubnetGroup", "subnetIds", SUBNET),
  link(TYPE.database, "dbSubnetGroupName", ["aws:rds/subnetGroup:SubnetGroup", "name"]),
  link("aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig", "destinationArn", LOG_GROUP),
  link("aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration", "logDestinationConfigs", LOG_GROUP),
  link("keycloak:index/realmClientPolicyProfilePolicy:RealmClientPolicyProfilePolicy", "profiles", PROFILE),
  link("keycloak:index/groupRoles:GroupRoles", "groupId", ["keycloak:index/group:Group", "id"]),
  link("keycloak:index/groupRoles:GroupRoles", "roleIds", ROLE_OF_REALM),
  link("keycloak:index/genericRoleMapper:GenericRoleMapper", "roleId", ROLE_OF_REALM),
  ...EDGE_AND_CLUSTER_LINKS,
  ...each(ENCRYPTED, KEY),
  ...each(OF_BUCKETS, BUCKET).map((it) => ({ ...it, near: true })),
  ...each(OF_REALMS, REALM),
];
