/** What a function does with a secret in the four steps of a rotation (AWS Secrets Manager, "Lambda rotation function execution role permissions"). */
export const SECRET_STEPS = [
  "secretsmanager:DescribeSecret",
  "secretsmanager:GetSecretValue",
  "secretsmanager:PutSecretValue",
  "secretsmanager:UpdateSecretVersionStage",
] as const;

/** What it does with the client of a user pool (Amazon Cognito, "client secret rotation"). */
export const CLIENT_STEPS = [
  "cognito-idp:AddUserPoolClientSecret",
  "cognito-idp:DeleteUserPoolClientSecret",
  "cognito-idp:ListUserPoolClientSecrets",
] as const;

/** The service that calls it. */
export const ROTATOR = "secretsmanager.amazonaws.com";
