import { TYPE } from "../resource-types.ts";

/** What a document decides: what its holder may do, who may become a role, who may use a resource, who may pass an endpoint. */
export type DocumentKind = "identity" | "trust" | "resource" | "endpoint";

/** The inputs that hold policy documents, by type; `[]` goes through a list. A type that is not here grants nothing by a document. */
export const DOCUMENTS: Readonly<Record<string, readonly (readonly [kind: DocumentKind, input: string])[]>> = {
  [TYPE.rolePolicy]: [["identity", "policy"]],
  [TYPE.role]: [
    ["identity", "inlinePolicies[].policy"],
    ["trust", "assumeRolePolicy"],
  ],
  [TYPE.managedPolicy]: [["identity", "policy"]],
  "aws:iam/userPolicy:UserPolicy": [["identity", "policy"]],
  "aws:iam/groupPolicy:GroupPolicy": [["identity", "policy"]],
  "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy": [["identity", "inlinePolicy"]],
  [TYPE.vpcEndpoint]: [["endpoint", "policy"]],
  "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy": [["endpoint", "policy"]],
  ...onResources({
    policy: [
      "aws:apigateway/restApi:RestApi",
      "aws:apigateway/restApiPolicy:RestApiPolicy",
      "aws:backup/vaultPolicy:VaultPolicy",
      "aws:cloudwatch/eventBusPolicy:EventBusPolicy",
      "aws:dynamodb/resourcePolicy:ResourcePolicy",
      "aws:ecr/registryPolicy:RegistryPolicy",
      "aws:ecr/repositoryPolicy:RepositoryPolicy",
      "aws:efs/fileSystemPolicy:FileSystemPolicy",
      "aws:glue/resourcePolicy:ResourcePolicy",
      "aws:kinesis/resourcePolicy:ResourcePolicy",
      "aws:kms/externalKey:ExternalKey",
      "aws:kms/keyPolicy:KeyPolicy",
      "aws:kms/replicaExternalKey:ReplicaExternalKey",
      "aws:oam/sinkPolicy:SinkPolicy",
      "aws:s3/accessPoint:AccessPoint",
      "aws:s3/bucket:Bucket",
      "aws:s3control/accessPointPolicy:AccessPointPolicy",
      "aws:secretsmanager/secretPolicy:SecretPolicy",
      "aws:ses/identityPolicy:IdentityPolicy",
      "aws:sesv2/emailIdentityPolicy:EmailIdentityPolicy",
      "aws:sns/topic:Topic",
      "aws:sns/topicPolicy:TopicPolicy",
      "aws:sqs/queue:Queue",
      "aws:sqs/queuePolicy:QueuePolicy",
      TYPE.bucketPolicy,
      TYPE.key,
      TYPE.replicaKey,
      TYPE.resourcePolicy,
      TYPE.secret,
    ],
    policyDocument: [
      "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
      "aws:codeartifact/repositoryPermissionsPolicy:RepositoryPermissionsPolicy",
    ],
    resourcePolicy: ["aws:s3tables/tableBucketPolicy:TableBucketPolicy", "aws:s3tables/tablePolicy:TablePolicy"],
    accessPolicy: ["aws:cloudwatch/logDestinationPolicy:LogDestinationPolicy"],
    accessPolicies: ["aws:elasticsearch/domainPolicy:DomainPolicy", "aws:opensearch/domainPolicy:DomainPolicy"],
    deliveryDestinationPolicy: ["aws:cloudwatch/logDeliveryDestinationPolicy:LogDeliveryDestinationPolicy"],
  }),
};

function onResources(byInput: Readonly<Record<string, readonly string[]>>): typeof DOCUMENTS {
  return Object.fromEntries(
    Object.entries(byInput).flatMap(([input, types]) => types.map((type) => [type, [["resource", input] as const]])),
  );
}
