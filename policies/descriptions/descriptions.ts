import { BEDROCK } from "./compute/bedrock.ts";
import { ECR } from "./compute/ecr.ts";
import { EKS } from "./compute/eks.ts";
import { LAMBDA } from "./compute/lambda.ts";
import { BACKUP } from "./data/backup.ts";
import { DYNAMODB } from "./data/dynamodb.ts";
import { RDS } from "./data/rds.ts";
import { S3 } from "./data/s3.ts";
import { SQS } from "./data/sqs.ts";
import type { Description, Descriptions } from "./description.ts";
import { WAF } from "./edge/wafv2.ts";
import { CLOUDTRAIL } from "./guard-rails/cloudtrail.ts";
import { CONFIG } from "./guard-rails/config.ts";
import { COSTS } from "./guard-rails/costs.ts";
import { THREATS } from "./guard-rails/threats.ts";
import { ACCESS_ANALYZER } from "./identity/accessanalyzer.ts";
import { COGNITO } from "./identity/cognito.ts";
import { DIRECTORIES } from "./identity/directories.ts";
import { IAM } from "./identity/iam.ts";
import { KEYCLOAK } from "./identity/keycloak.ts";
import { KMS } from "./identity/kms.ts";
import { SECRETS_MANAGER } from "./identity/secretsmanager.ts";
import { ACCESS } from "./kubernetes/access.ts";
import { APPS } from "./kubernetes/apps.ts";
import { AUTOSCALING } from "./kubernetes/autoscaling.ts";
import { AUTO_MODE } from "./kubernetes/eks.ts";
import { CORE } from "./kubernetes/objects.ts";
import { KEDA } from "./kubernetes/keda.ts";
import { KARPENTER } from "./kubernetes/karpenter.ts";
import { NETWORKING } from "./kubernetes/networking.ts";
import { POLICY } from "./kubernetes/policy.ts";
import { ACM } from "./network/acm.ts";
import { SCHEDULING } from "./kubernetes/scheduling.ts";
import { EC2 } from "./network/ec2.ts";
import { LOAD_BALANCING } from "./network/load-balancing.ts";
import { ROUTE_53 } from "./network/route53.ts";
import { CLOUDWATCH } from "./observability/cloudwatch.ts";
import { CHATBOT } from "./observability/chatbot.ts";
import { SNS } from "./observability/sns.ts";
import { XRAY } from "./observability/xray.ts";
import { PULUMI } from "./pulumi.ts";

/** Every description, by its file below `policies/descriptions/`: what is not listed is not understood. */
export const SERVICES: Readonly<Record<string, Descriptions>> = {
  "compute/bedrock.ts": BEDROCK,
  "compute/ecr.ts": ECR,
  "compute/eks.ts": EKS,
  "compute/lambda.ts": LAMBDA,
  "data/backup.ts": BACKUP,
  "data/dynamodb.ts": DYNAMODB,
  "data/rds.ts": RDS,
  "data/s3.ts": S3,
  "edge/wafv2.ts": WAF,
  "guard-rails/cloudtrail.ts": CLOUDTRAIL,
  "guard-rails/config.ts": CONFIG,
  "guard-rails/costs.ts": COSTS,
  "guard-rails/threats.ts": THREATS,
  "data/sqs.ts": SQS,
  "identity/accessanalyzer.ts": ACCESS_ANALYZER,
  "identity/cognito.ts": COGNITO,
  "identity/iam.ts": IAM,
  "identity/keycloak.ts": KEYCLOAK,
  "identity/directories.ts": DIRECTORIES,
  "identity/kms.ts": KMS,
  "identity/secretsmanager.ts": SECRETS_MANAGER,
  "kubernetes/access.ts": ACCESS,
  "kubernetes/apps.ts": APPS,
  "kubernetes/autoscaling.ts": AUTOSCALING,
  "kubernetes/eks.ts": AUTO_MODE,
  "kubernetes/objects.ts": CORE,
  "kubernetes/karpenter.ts": KARPENTER,
  "kubernetes/keda.ts": KEDA,
  "kubernetes/networking.ts": NETWORKING,
  "kubernetes/policy.ts": POLICY,
  "network/acm.ts": ACM,
  "kubernetes/scheduling.ts": SCHEDULING,
  "network/ec2.ts": EC2,
  "network/load-balancing.ts": LOAD_BALANCING,
  "network/route53.ts": ROUTE_53,
  "observability/cloudwatch.ts": CLOUDWATCH,
  "observability/chatbot.ts": CHATBOT,
  "observability/sns.ts": SNS,
  "observability/xray.ts": XRAY,
  "pulumi.ts": PULUMI,
};

/** What is understood, by Pulumi type. */
export const DESCRIPTIONS: ReadonlyMap<string, Description> = new Map(
  Object.values(SERVICES).flatMap((it) => Object.entries(it)),
);

/** The file in which a type is described, or should be: that of its service's other types, else one named after the service. */
export function fileFor(type: string): string {
  const file = Object.entries(SERVICES).find(([, types]) => Object.keys(types).some((it) => isOfOneService(it, type)));
  return `policies/descriptions/${file?.[0] ?? `${newName(type)}.ts`}`;
}

function isOfOneService(one: string, other: string): boolean {
  return serviceOf(one) === serviceOf(other);
}

/** The package and the module of a type: `aws:kms` of `aws:kms/key:Key`. */
function serviceOf(type: string): string {
  return /^[^:]*:[^:/]*/.exec(type)?.[0] ?? type;
}

/** The module's name, or the package's where the module has none of its own. */
function newName(type: string): string {
  const [packageName = "", module = ""] = serviceOf(type).split(":");
  return module === "index" || module === "" ? packageName : module;
}
