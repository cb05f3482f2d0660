import type { Statement } from "../identity/policy-document.ts";

/** The account whose organisation takes over the texts, where it is, and which inference profiles its models may use. */
export interface OrganisationPoliciesArgs {
  readonly account: string;
  readonly regions: readonly string[];
  /** The prefixes of profiles that stay in a geography, such as `eu`. */
  readonly geographies: readonly string[];
}

/** The most characters that AWS Organizations takes of one policy (AWS Organizations user guide, "Quotas"). */
export const LONGEST_POLICY = 5_120;

/** Calls that have no region, or are answered in us-east-1 whatever the region. */
const GLOBAL = [
  "access-analyzer:*",
  "account:*",
  "acm:*",
  "billing:*",
  "budgets:*",
  "ce:*",
  "chatbot:*",
  "cloudfront:*",
  "ecr-public:*",
  "health:*",
  "iam:*",
  "kms:*",
  "logs:*",
  "organizations:*",
  "route53:*",
  "route53domains:*",
  "s3:GetAccountPublicAccessBlock",
  "s3:ListAllMyBuckets",
  "s3:PutAccountPublicAccessBlock",
  "shield:*",
  "sts:*",
  "support:*",
  "tag:*",
  "wafv2:*",
];

/** Calls that would blind who watches, or take away what protects. */
const BLINDING = [
  "access-analyzer:DeleteAnalyzer",
  "backup:DeleteBackupVault",
  "backup:DeleteBackupVaultLockConfiguration",
  "bedrock-agentcore:ResetTokenVaultKeyMaterial",
  "cloudtrail:DeleteTrail",
  "cloudtrail:PutEventSelectors",
  "cloudtrail:StopLogging",
  "cloudtrail:UpdateTrail",
  "config:DeleteConfigurationRecorder",
  "config:DeleteDeliveryChannel",
  "config:StopConfigurationRecorder",
  "ec2:DisableEbsEncryptionByDefault",
  "guardduty:DeleteDetector",
  "guardduty:UpdateDetector",
  "organizations:LeaveOrganization",
  "s3:BypassGovernanceRetention",
  "s3:PutAccountPublicAccessBlock",
  "securityhub:DisableSecurityHub",
];

/** Ways to credentials that do not expire. */
const LASTING = ["iam:CreateAccessKey", "iam:CreateLoginProfile", "iam:CreateUser"];

/** A service control policy: what nobody in the account may do, whatever IAM there says. The role that deploys may change guard rails. */
export function serviceControlPolicy({ account, regions, geographies }: OrganisationPoliciesArgs): string {
  const deployer = { ArnNotLike: { "aws:PrincipalArn": `arn:aws:iam::${account}:role/alicerce/execution/*` } };
  const elsewhere = { "aws:RequestedRegion": [...regions] };
  const profiles = geographies.map((it) => `arn:aws:bedrock:*:*:inference-profile/${it}.*`);
  return text([
    {
      Sid: "OnlyInRegions",
      Effect: "Deny",
      NotAction: [...GLOBAL, "bedrock:InvokeModel*"],
      Resource: "*",
      Condition: { StringNotEquals: elsewhere },
    },
    // A profile of a geography calls the model in whichever region of it has room; a call without a profile has no such ARN.
    {
      Sid: "ModelsOnlyInRegionsOrGeographies",
      Effect: "Deny",
      Action: ["bedrock:InvokeModel*"],
      Resource: "*",
      Condition: {
        StringNotEquals: elsewhere,
        ...(profiles.length > 0 && { ArnNotLike: { "bedrock:InferenceProfileArn": profiles } }),
      },
    },
    { Sid: "KeepGuardRails", Effect: "Deny", Action: BLINDING, Resource: "*", Condition: deployer },
    { Sid: "OnlyCredentialsThatExpire", Effect: "Deny", Action: LASTING, Resource: "*" },
    {
      Sid: "NotAsRoot",
      Effect: "Deny",
      Action: ["*"],
      Resource: "*",
      Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:root" } },
    },
  ]);
}

/** A resource control policy: who may not reach the account's data, whatever the policies of its resources say. */
export function resourceControlPolicy({ account }: Pick<OrganisationPoliciesArgs, "account">): string {
  const Action = ["kms:*", "s3:*", "secretsmanager:*", "sqs:*"];
  const deny = { Effect: "Deny", Principal: "*", Resource: "*" } as const;
  return text([
    {
      ...deny,
      Sid: "OnlyTheAccount",
      Action,
      Condition: {
        StringNotEqualsIfExists: { "aws:PrincipalAccount": account },
        BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
      },
    },
    // Services may act for resources of the account alone.
    {
      ...deny,
      Sid: "NoServiceForOthers",
      Action,
      Condition: {
        StringNotEqualsIfExists: { "aws:SourceAccount": account },
        Null: { "aws:SourceAccount": "false" },
        Bool: { "aws:PrincipalIsAWSService": "true" },
      },
    },
    {
      ...deny,
      Sid: "OnlyByTls",
      Action,
      Condition: { BoolIfExists: { "aws:SecureTransport": "false", "aws:ViaAWSService": "false" } },
    },
  ]);
}

type ControlStatement = Omit<Statement, "Action"> & {
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
};

/** Throws a RangeError for a policy that AWS Organizations would not take. */
function text(statements: readonly ControlStatement[]): string {
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  if (policy.length > LONGEST_POLICY)
    throw new RangeError(`a control policy of ${policy.length} characters is longer than ${LONGEST_POLICY}`);
  return policy;
}
