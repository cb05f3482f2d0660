import type { Model, Models } from "./models.ts";

/** The service models of an SDK module, where their names differ. */
const SERVICES: Readonly<Record<string, readonly string[]>> = {
  acmpca: ["acm-pca"],
  alb: ["elbv2"],
  appautoscaling: ["application-autoscaling"],
  bedrock: ["bedrock-agentcore-control", "bedrock", "bedrock-agent"],
  cfg: ["config"],
  cloudwatch: ["cloudwatch", "logs", "events"],
  cognito: ["cognito-idp", "cognito-identity"],
  costexplorer: ["ce"],
  directoryservice: ["ds"],
  ebs: ["ec2"],
  ec2clientvpn: ["ec2"],
  ec2transitgateway: ["ec2"],
  elasticsearch: ["es"],
  kinesis: ["kinesis", "firehose"],
  lb: ["elbv2"],
  msk: ["kafka"],
  mskconnect: ["kafkaconnect"],
  networkfirewall: ["network-firewall"],
  opensearch: ["opensearch", "opensearchserverless"],
  opensearchingest: ["osis"],
  redshiftserverless: ["redshift-serverless"],
  route53: ["route53", "route53resolver"],
  sfn: ["stepfunctions"],
  ssoadmin: ["sso-admin"],
  timestreamwrite: ["timestream-write"],
  vpc: ["ec2"],
  vpclattice: ["vpc-lattice"],
  wafregional: ["waf-regional"],
};

/** The operation that creates a resource, where its name does not follow from the type's; "" where no operation takes the same inputs. */
const OPERATIONS: Readonly<Record<string, string>> = {
  "aws:autoscaling/group:Group": "autoscaling CreateAutoScalingGroup",
  "aws:backup/plan:Plan": "",
  "aws:backup/vault:Vault": "backup CreateBackupVault",
  "aws:cloudwatch/eventTarget:EventTarget": "",
  "aws:cloudwatch/logDelivery:LogDelivery": "logs CreateDelivery",
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": "logs PutResourcePolicy",
  "aws:cognito/user:User": "cognito-idp AdminCreateUser",
  "aws:cognito/userGroup:UserGroup": "cognito-idp CreateGroup",
  "aws:dynamodb/tableItem:TableItem": "dynamodb PutItem",
  "aws:ec2/flowLog:FlowLog": "ec2 CreateFlowLogs",
  "aws:elasticache/subnetGroup:SubnetGroup": "elasticache CreateCacheSubnetGroup",
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": "iam AttachGroupPolicy",
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": "iam CreateOpenIDConnectProvider",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "iam AttachRolePolicy",
  "aws:iam/userLoginProfile:UserLoginProfile": "iam CreateLoginProfile",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": "iam AttachUserPolicy",
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": "firehose CreateDeliveryStream",
  "aws:kms/replicaKey:ReplicaKey": "kms ReplicateKey",
  "aws:lambda/functionUrl:FunctionUrl": "lambda CreateFunctionUrlConfig",
  "aws:lambda/invocation:Invocation": "lambda Invoke",
  "aws:lambda/layerVersion:LayerVersion": "lambda PublishLayerVersion",
  "aws:rds/cluster:Cluster": "rds CreateDBCluster",
  "aws:rds/clusterInstance:ClusterInstance": "rds CreateDBInstance",
  "aws:rds/clusterParameterGroup:ClusterParameterGroup": "rds CreateDBClusterParameterGroup",
  "aws:rds/instance:Instance": "rds CreateDBInstance",
  "aws:rds/parameterGroup:ParameterGroup": "rds CreateDBParameterGroup",
  "aws:rds/proxy:Proxy": "rds CreateDBProxy",
  "aws:rds/subnetGroup:SubnetGroup": "rds CreateDBSubnetGroup",
  "aws:route53/record:Record": "",
  "aws:route53/resolverEndpoint:ResolverEndpoint": "route53resolver CreateResolverEndpoint",
  "aws:route53/zone:Zone": "route53 CreateHostedZone",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": "s3 PutBucketLifecycleConfiguration",
  "aws:s3/bucketObject:BucketObject": "s3 PutObject",
  "aws:s3/bucketObjectv2:BucketObjectv2": "s3 PutObject",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": "s3 PutPublicAccessBlock",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": "s3 PutBucketEncryption",
  "aws:secretsmanager/secretPolicy:SecretPolicy": "secretsmanager PutResourcePolicy",
  "aws:secretsmanager/secretVersion:SecretVersion": "secretsmanager PutSecretValue",
  "aws:sns/topic:Topic": "sns CreateTopic",
  "aws:sns/topicSubscription:TopicSubscription": "sns Subscribe",
};

const VERBS = [
  "Create",
  "Put",
  "Register",
  "Run",
  "Allocate",
  "Request",
  "Import",
  "Set",
  "Associate",
  "Add",
  "Update",
];

/** Prefixes by which the SDK tells the types of several services in one module apart. */
const PREFIXES = /^(?:Agentcore|Agent|Event|Log|Serverless)(?=[A-Z])/;

/** An operation of a service, and the name of its input's shape. */
export interface Operation {
  readonly model: Model;
  readonly name: string;
  readonly input: string;
}

/** The operation that creates resources of a type; `undefined` where none is known. Throws for an entry of the table that no model has. */
export function operationOf(token: string, models: Models): Operation | undefined {
  const listed = OPERATIONS[token];
  if (listed !== undefined) return listed === "" ? undefined : sure(listed, models);
  const [, module = "", type = ""] = token.split(":");
  const services = servicesOf(module.split("/")[0] ?? "");
  const names = [...new Set([type, type.replace(PREFIXES, "")])];
  for (const name of names)
    for (const service of services) {
      const found = VERBS.map((verb) => within(models.of(service), `${verb}${name}`)).find((it) => it !== undefined);
      if (found !== undefined) return found;
    }
  return undefined;
}

/** Whether the table names the operation of a type, so that it needs no likeness to be believed. */
export function isListed(token: string): boolean {
  return OPERATIONS[token] !== undefined;
}

function servicesOf(module: string): readonly string[] {
  return SERVICES[module] ?? [module];
}

function sure(listed: string, models: Models): Operation {
  const [service = "", name = ""] = listed.split(" ");
  const found = within(models.of(service), name);
  if (found === undefined) throw new Error(`botocore has no operation ${listed} any more`);
  return found;
}

function within(model: Model | undefined, wanted: string): Operation | undefined {
  if (model === undefined) return undefined;
  const name = Object.keys(model.operations).find((it) => it.toLowerCase() === wanted.toLowerCase());
  const input = name === undefined ? undefined : model.operations[name]?.input?.shape;
  return name === undefined || input === undefined ? undefined : { model, name, input };
}
