import { RESERVED } from "../../../contracts/execution/needs.ts";
import { executionRoleArn } from "../../../contracts/execution/roles.ts";
import type { Environment } from "../../../environments/schema.ts";
import { applies } from "../grants/language/applies.ts";
import type { Context } from "../grants/language/conditions.ts";
import type { Statement } from "../policy-document.ts";
import type { Call } from "../reach/permission.ts";

/** What a request does not have unless a call says otherwise. */
const WITHOUT: Context = {
  "dynamodb:LeadingKeys": null,
  "iam:PermissionsBoundary": null,
  "kms:GrantIsForAWSResource": null,
  "kms:ViaService": null,
};

const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";

/** Whether a call is allowed as far as can be said: what is not understood allows, and does not deny. */
export function mayBeAllowed(statements: readonly Statement[], call: Call): boolean {
  return (
    statements.some((it) => it.allows && applies(it, call) !== false) &&
    !statements.some((it) => it.denies && applies(it, call) === true)
  );
}

/** Calls by which whoever deploys would get more than it has, blind who watches, or read data. */
export function hostileCalls({ name, account }: Environment): readonly Call[] {
  return [...escalations(name, account), ...RESERVED.map((it) => call(it, "*")), ...readings(account)];
}

function call(action: string, resource: string, context: Context = {}): Call {
  return { action, resource, context: { ...WITHOUT, ...context } };
}

function escalations(environment: string, account: string): readonly Call[] {
  const iam = `arn:aws:iam::${account}`;
  const own = `${iam}:role/alicerce/tenant/x/y/z`;
  const others = [
    executionRoleArn(account, environment),
    executionRoleArn(account, `${environment}.x.y`),
    `${iam}:role/alicerce/deploy-x`,
  ];
  const bounded = { "iam:PermissionsBoundary": `${iam}:policy/alicerce/alicerce-${environment}-boundary` };
  const policy = `${iam}:policy/alicerce/x`;
  return [
    ...["iam:AttachRolePolicy", "iam:CreateRole", "iam:PutRolePolicy"].flatMap((it) => [
      call(it, own),
      call(it, own, { "iam:PermissionsBoundary": ADMINISTRATOR }),
      ...others.map((role) => call(it, role, bounded)),
    ]),
    ...["iam:PassRole", "iam:TagRole", "iam:UpdateAssumeRolePolicy", "iam:DeleteRolePolicy", "sts:AssumeRole"].flatMap(
      (it) => others.map((role) => call(it, role, bounded)),
    ),
    ...["iam:CreatePolicyVersion", "iam:DeletePolicy", "iam:SetDefaultPolicyVersion"].map((it) => call(it, policy)),
    ...[
      "iam:AddUserToGroup",
      "iam:CreateAccessKey",
      "iam:CreateLoginProfile",
      "iam:CreateUser",
      "iam:PutUserPolicy",
    ].map((it) => call(it, `${iam}:user/x`)),
    ...["iam:AddClientIDToOpenIDConnectProvider", "iam:CreateOpenIDConnectProvider"].map((it) =>
      call(it, `${iam}:oidc-provider/x`),
    ),
    ...["iam:CreateSAMLProvider", "organizations:LeaveOrganization", "sts:AssumeRoleWithWebIdentity"].map((it) =>
      call(it, "*"),
    ),
    call("iam:PassRole", `${iam}:role/x`),
    call("sts:AssumeRole", own),
  ];
}

function readings(account: string): readonly Call[] {
  const of = (service: string, resource: string): string => `arn:aws:${service}:eu-west-1:${account}:${resource}`;
  const key = of("kms", "key/x");
  return [
    ...["secretsmanager:BatchGetSecretValue", "secretsmanager:GetSecretValue"].map((it) =>
      call(it, of("secretsmanager", "secret:x")),
    ),
    ...["dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:Scan", "dynamodb:PartiQLSelect"].map((it) =>
      call(it, of("dynamodb", "table/x")),
    ),
    ...["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"].map((it) =>
      call(it, of("dynamodb", "table/x"), { "dynamodb:LeadingKeys": "customer" }),
    ),
    ...["s3:GetObject", "s3:GetObjectVersion"].map((it) => call(it, "arn:aws:s3:::x/customers/y")),
    ...["kms:Decrypt", "kms:GenerateDataKey", "kms:CreateGrant", "kms:Sign"].map((it) => call(it, key)),
    // A service with which no type of the platform works.
    call("kms:Decrypt", key, { "kms:ViaService": "workspaces.eu-west-1.amazonaws.com" }),
    ...["backup:CopyFromBackupVault", "backup:StartCopyJob", "backup:StartRestoreJob"].map((it) =>
      call(it, of("backup", "backup-vault:x")),
    ),
    ...["logs:FilterLogEvents", "logs:GetLogEvents", "logs:StartQuery", "logs:Unmask"].map((it) =>
      call(it, of("logs", "log-group:x")),
    ),
    ...["sqs:ReceiveMessage", "sqs:SendMessage"].map((it) => call(it, of("sqs", "x"))),
    call("bedrock-agentcore:InvokeAgentRuntime", of("bedrock-agentcore", "runtime/x")),
    call("bedrock:InvokeModel", "*"),
    call("cognito-idp:AdminGetUser", of("cognito-idp", "userpool/x")),
    call("rds-data:ExecuteStatement", of("rds", "cluster:x")),
    call("rds-db:connect", of("rds-db", "dbuser:x/y")),
    call("rds:RestoreDBClusterFromSnapshot", of("rds", "cluster:x")),
  ];
}
