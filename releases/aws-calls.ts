// Written by `npm run build` from what services import from the AWS SDK.

/** The IAM actions that the code of each bundle calls, with the files that call them. */
export const AWS_CALLS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "agent-coordinator": {
    "bedrock:InvokeModel": ["services/libraries/agent-loop/model/model-of.ts"],
    "bedrock:InvokeModelWithResponseStream": ["services/libraries/agent-loop/model/model-of.ts"],
    "lambda:InvokeFunction": ["services/libraries/gateway-client/token-function.ts"],
  },
  "agent-customer-support": {
    "bedrock:InvokeModel": ["services/libraries/agent-loop/model/model-of.ts"],
    "bedrock:InvokeModelWithResponseStream": ["services/libraries/agent-loop/model/model-of.ts"],
    "lambda:InvokeFunction": ["services/libraries/gateway-client/token-function.ts"],
  },
  "agent-data-transformer": {
    "bedrock:InvokeModel": ["services/libraries/agent-loop/model/model-of.ts"],
    "bedrock:InvokeModelWithResponseStream": ["services/libraries/agent-loop/model/model-of.ts"],
    "lambda:InvokeFunction": ["services/libraries/gateway-client/token-function.ts"],
  },
  "agent-integration-processor": {
    "bedrock:InvokeModel": ["services/libraries/agent-loop/model/model-of.ts"],
    "bedrock:InvokeModelWithResponseStream": ["services/libraries/agent-loop/model/model-of.ts"],
    "lambda:InvokeFunction": ["services/libraries/gateway-client/token-function.ts"],
  },
  "agent-product-recommendation": {
    "bedrock:InvokeModel": ["services/libraries/agent-loop/model/model-of.ts"],
    "bedrock:InvokeModelWithResponseStream": ["services/libraries/agent-loop/model/model-of.ts"],
    "lambda:InvokeFunction": ["services/libraries/gateway-client/token-function.ts"],
  },
  "agent-token": { "secretsmanager:GetSecretValue": ["services/agent-token/handler.ts"] },
  "bff-b2b": {
    "dynamodb:DeleteItem": [
      "services/bff/b2b/idempotency/dynamo-idempotency-store.ts",
      "services/libraries/keyed-items/keyed-items.ts",
    ],
    "dynamodb:GetItem": [
      "services/bff/b2b/partners/store/dynamo-partner-store.ts",
      "services/bff/library/cloud/kept-secret.ts",
      "services/libraries/keyed-items/keyed-items.ts",
      "services/libraries/service-kit/table-counter.ts",
    ],
    "dynamodb:PutItem": [
      "services/bff/b2b/idempotency/dynamo-idempotency-store.ts",
      "services/bff/b2b/partners/store/dynamo-partner-store.ts",
      "services/bff/library/cloud/kept-secret.ts",
      "services/libraries/keyed-items/keyed-items.ts",
    ],
    "dynamodb:Query": ["services/libraries/keyed-items/keyed-items.ts"],
    "dynamodb:UpdateItem": [
      "services/bff/b2b/idempotency/dynamo-idempotency-store.ts",
      "services/bff/b2b/partners/store/dynamo-partner-store.ts",
      "services/libraries/keyed-items/keyed-items.ts",
      "services/libraries/service-kit/table-counter.ts",
    ],
    "events:PutEvents": ["services/libraries/events/aws/event-bridge-bus.ts"],
    "kms:Decrypt": ["services/bff/library/cloud/kept-secret.ts"],
    "kms:GenerateDataKey": ["services/bff/library/cloud/kept-secret.ts"],
    "kms:Sign": ["services/libraries/service-kit/tokens/kms-signature.ts"],
    "lambda:InvokeFunction": ["services/libraries/gateway-client/token-function.ts"],
    "s3:DeleteObject": ["services/bff/b2b/batch/jobs/cloud/job-objects.ts"],
    "s3:GetObject": ["services/bff/b2b/batch/jobs/cloud/job-objects.ts"],
    "s3:PutObject": ["services/bff/b2b/batch/jobs/cloud/job-objects.ts"],
    "sqs:ChangeMessageVisibility": ["services/libraries/events/aws/sqs-queue.ts"],
    "sqs:DeleteMessage": ["services/libraries/events/aws/sqs-queue.ts"],
    "sqs:ReceiveMessage": ["services/libraries/events/aws/sqs-queue.ts"],
  },
  "bff-b2c": {
    "dynamodb:BatchGetItem": ["services/bff/b2c/store/dynamo-records.ts"],
    "dynamodb:DeleteItem": ["services/bff/b2c/store/dynamo-records.ts"],
    "dynamodb:GetItem": ["services/bff/b2c/store/dynamo-records.ts", "services/libraries/service-kit/table-counter.ts"],
    "dynamodb:PutItem": ["services/bff/b2c/store/dynamo-records.ts"],
    "dynamodb:UpdateItem": [
      "services/bff/b2c/store/dynamo-records.ts",
      "services/libraries/service-kit/table-counter.ts",
    ],
    "kms:Sign": ["services/libraries/service-kit/tokens/kms-signature.ts"],
    "lambda:InvokeFunction": ["services/libraries/gateway-client/token-function.ts"],
  },
  "database-setup": {
    "secretsmanager:GetSecretValue": ["services/database-setup/secret-text.ts"],
    "secretsmanager:PutSecretValue": ["services/database-setup/secret-store.ts"],
  },
  "gateway-interceptor": {
    "dynamodb:GetItem": [
      "services/gateway-interceptor/tenant-table.ts",
      "services/libraries/service-kit/table-counter.ts",
    ],
    "dynamodb:UpdateItem": ["services/libraries/service-kit/table-counter.ts"],
    "kms:Sign": ["services/libraries/service-kit/tokens/kms-signature.ts"],
  },
  "keycloak-database": { "secretsmanager:GetSecretValue": ["services/database-setup/secret-text.ts"] },
  "mcp-api-integration": { "secretsmanager:GetSecretValue": ["services/mcp/api-integration/http/aws-secrets.ts"] },
  "mcp-custom": {},
  "mcp-database": {
    "rds-db:connect": ["services/mcp/database/connection.ts"],
    "secretsmanager:GetSecretValue": ["services/mcp/database/open-services.ts"],
  },
  "mcp-development": {
    "bedrock-agentcore:GetAgentRuntime": ["services/mcp/development/sources/agentcore-deployments.ts"],
    "bedrock-agentcore:GetAgentRuntimeEndpoint": ["services/mcp/development/sources/agentcore-deployments.ts"],
    "bedrock-agentcore:GetGateway": ["services/mcp/development/sources/agentcore-deployments.ts"],
    "bedrock-agentcore:ListGatewayTargets": ["services/mcp/development/sources/agentcore-deployments.ts"],
    "logs:FilterLogEvents": ["services/mcp/development/sources/cloudwatch-logs.ts"],
    "s3:GetObject": ["services/mcp/development/sources/s3-documents.ts"],
    "xray:BatchGetTraces": ["services/mcp/development/sources/xray-traces.ts"],
    "xray:GetTraceSummaries": ["services/mcp/development/sources/xray-traces.ts"],
  },
  "mcp-files": {
    "s3:GetObject": ["services/mcp/files/store/s3-store.ts"],
    "s3:ListBucket": ["services/mcp/files/store/s3-store.ts"],
    "s3:PutObject": ["services/mcp/files/store/s3-store.ts"],
  },
  "registration-guard": { "secretsmanager:GetSecretValue": ["services/database-setup/secret-text.ts"] },
  "secret-rotation": {
    "cognito-idp:AddUserPoolClientSecret": ["services/secret-rotation/pool-client.ts"],
    "cognito-idp:DeleteUserPoolClientSecret": ["services/secret-rotation/pool-client.ts"],
    "cognito-idp:ListUserPoolClientSecrets": ["services/secret-rotation/pool-client.ts"],
    "secretsmanager:DescribeSecret": ["services/secret-rotation/secret-versions.ts"],
    "secretsmanager:GetSecretValue": ["services/secret-rotation/secret-versions.ts"],
    "secretsmanager:PutSecretValue": ["services/secret-rotation/secret-versions.ts"],
    "secretsmanager:UpdateSecretVersionStage": ["services/secret-rotation/secret-versions.ts"],
  },
  "token-claims": {},
};
