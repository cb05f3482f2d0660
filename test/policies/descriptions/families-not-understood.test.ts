import { describe, expect, it } from "vitest";
import { judge } from "../../../policies/engine/judge.ts";
import { onlyWhatIsUnderstoodIsDeployed } from "../../../policies/premise-8-least-privilege/only-what-is-understood-is-deployed.ts";
import { ensureCatalogue } from "../../../sandbox/control-plane/catalogue/catalogue.ts";
import { TODAY } from "../../support/rule-tester.ts";
import { planOf } from "../programs.ts";

/** What somebody in a hurry reaches for, and which file would have to say what it means. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  "apigateway.ts": ["aws:apigateway/authorizer:Authorizer", "aws:apigateway/restApi:RestApi"],
  "apigatewayv2.ts": [
    "aws:apigatewayv2/api:Api",
    "aws:apigatewayv2/authorizer:Authorizer",
    "aws:apigatewayv2/route:Route",
  ],
  "appsync.ts": ["aws:appsync/graphQLApi:GraphQLApi"],
  "athena.ts": ["aws:athena/workgroup:Workgroup"],
  "autoscaling.ts": ["aws:autoscaling/group:Group"],
  "batch.ts": ["aws:batch/jobDefinition:JobDefinition", "kubernetes:batch/v1:CronJob", "kubernetes:batch/v1:Job"],
  "cloudfront.ts": ["aws:cloudfront/distribution:Distribution", "aws:cloudfront/function:Function"],
  "codebuild.ts": ["aws:codebuild/project:Project"],
  "codepipeline.ts": ["aws:codepipeline/pipeline:Pipeline"],
  "compute/bedrock.ts": [
    "aws:bedrock/agentAgent:AgentAgent",
    "aws:bedrock/agentKnowledgeBase:AgentKnowledgeBase",
    "aws:bedrock/agentcoreApiKeyCredentialProvider:AgentcoreApiKeyCredentialProvider",
    "aws:bedrock/agentcoreBrowser:AgentcoreBrowser",
    "aws:bedrock/agentcoreCodeInterpreter:AgentcoreCodeInterpreter",
    "aws:bedrock/agentcoreMemory:AgentcoreMemory",
    "aws:bedrock/agentcoreOauth2CredentialProvider:AgentcoreOauth2CredentialProvider",
    "aws:bedrock/agentcoreWorkloadIdentity:AgentcoreWorkloadIdentity",
    "aws:bedrock/guardrail:Guardrail",
  ],
  "compute/eks.ts": ["aws:eks/fargateProfile:FargateProfile", "aws:eks/nodeGroup:NodeGroup"],
  "compute/lambda.ts": [
    "aws:lambda/eventSourceMapping:EventSourceMapping",
    "aws:lambda/functionUrl:FunctionUrl",
    "aws:lambda/layerVersion:LayerVersion",
  ],
  "data/dynamodb.ts": ["aws:dynamodb/globalTable:GlobalTable", "aws:dynamodb/resourcePolicy:ResourcePolicy"],
  "data/rds.ts": ["aws:rds/instance:Instance", "aws:rds/globalCluster:GlobalCluster", "aws:rds/snapshot:Snapshot"],
  "dms.ts": ["aws:dms/replicationTask:ReplicationTask"],
  "docdb.ts": ["aws:docdb/cluster:Cluster"],
  "ecs.ts": ["aws:ecs/service:Service", "aws:ecs/taskDefinition:TaskDefinition"],
  "efs.ts": ["aws:efs/fileSystem:FileSystem"],
  "elasticache.ts": [
    "aws:elasticache/replicationGroup:ReplicationGroup",
    "aws:elasticache/serverlessCache:ServerlessCache",
  ],
  "glue.ts": ["aws:glue/job:Job"],
  "identity/cognito.ts": ["aws:cognito/identityPool:IdentityPool", "aws:cognito/identityProvider:IdentityProvider"],
  "identity/iam.ts": [
    "aws:iam/accessKey:AccessKey",
    "aws:iam/group:Group",
    "aws:iam/instanceProfile:InstanceProfile",
    "aws:iam/user:User",
  ],
  "kinesis.ts": ["aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", "aws:kinesis/stream:Stream"],
  "lightsail.ts": ["aws:lightsail/instance:Instance"],
  "msk.ts": ["aws:msk/cluster:Cluster"],
  "network/ec2.ts": [
    "aws:ec2transitgateway/transitGateway:TransitGateway",
    "aws:ec2/instance:Instance",
    "aws:ec2/launchTemplate:LaunchTemplate",
    "aws:ec2/vpcPeeringConnection:VpcPeeringConnection",
  ],
  "oam.ts": ["aws:oam/link:Link", "aws:oam/sink:Sink"],
  "opensearch.ts": ["aws:opensearch/domain:Domain"],
  "pipes.ts": ["aws:pipes/pipe:Pipe"],
  "ram.ts": ["aws:ram/resourceShare:ResourceShare"],
  "redshift.ts": ["aws:redshift/cluster:Cluster"],
  "sagemaker.ts": ["aws:sagemaker/endpoint:Endpoint"],
  "scheduler.ts": ["aws:scheduler/schedule:Schedule"],
  "ses.ts": ["aws:ses/emailIdentity:EmailIdentity"],
  "sesv2.ts": ["aws:sesv2/emailIdentity:EmailIdentity"],
  "sfn.ts": ["aws:sfn/stateMachine:StateMachine"],
  "ssm.ts": ["aws:ssm/parameter:Parameter"],
  "transfer.ts": ["aws:transfer/server:Server"],
  "kubernetes/access.ts": ["kubernetes:rbac.authorization.k8s.io/v1:Role"],
  "kubernetes/networking.ts": ["kubernetes:networking.k8s.io/v1:Ingress"],
  "gateway.networking.k8s.io.ts": [
    "kubernetes:gateway.networking.k8s.io/v1:Gateway",
    "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute",
  ],
  "policy.networking.k8s.io.ts": ["kubernetes:policy.networking.k8s.io/v1alpha1:AdminNetworkPolicy"],
  "identity/keycloak.ts": ["keycloak:index/user:User"],
  "oidc.ts": ["keycloak:oidc/identityProvider:IdentityProvider"],
};

/** What holds resources that no rule sees, whatever it is called. */
const OPAQUE: readonly string[] = [
  "aws-native:cloudformation:Stack",
  "aws-native:index:ExtensionResource",
  "aws:cloudformation/stackSet:StackSet",
  "aws:serverlessrepository/cloudFormationStack:CloudFormationStack",
  "aws:servicecatalog/provisionedProduct:ProvisionedProduct",
  "terraform-module:index:Module",
];

const TYPES = Object.entries(FAMILIES).flatMap(([file, types]) => types.map((type) => [type, file] as const));

/** What is said of a resource of the type that sets nothing. */
function said(type: string): readonly string[] {
  const { rules } = judge(planOf({ type, name: "it" }), TODAY, [onlyWhatIsUnderstoodIsDeployed]);
  return rules.flatMap(({ violations }) => violations.map(({ message }) => message));
}

describe("a stack of the platform may not hold what nobody here has described:", () => {
  it.each(TYPES)("%s, which is to be described in %s", (type, file) => {
    const where = `describe it in policies/descriptions/${file}`;
    expect(said(type)).toEqual([`"it" must not be deployed: nobody here understands the type ${type}; ${where}.`]);
  });

  it.each(OPAQUE)("%s, which nobody can describe", (type) => {
    const [message, ...others] = said(type);
    expect(others).toEqual([]);
    expect(message).toMatch(
      /^"it" must not be deployed: .+, which no rule can read; declare what it would make one by one\.$/,
    );
  });
});

it("the types exist, as far as the SDKs tell", async () => {
  const catalogue = await ensureCatalogue();
  const ofSdks = TYPES.map(([type]) => type).filter((it) => /^(?:aws|keycloak):/.test(it));
  expect(ofSdks.filter((it) => catalogue.resource(it) === undefined)).toEqual([]);
});
