/** The IAM prefix of each client package of the AWS SDK that services may use. */
const PREFIXES: Readonly<Record<string, string>> = {
  "@aws-sdk/client-bedrock-agentcore": "bedrock-agentcore",
  "@aws-sdk/client-bedrock-agentcore-control": "bedrock-agentcore",
  "@aws-sdk/client-bedrock-runtime": "bedrock",
  "@aws-sdk/client-cloudwatch-logs": "logs",
  "@aws-sdk/client-cognito-identity-provider": "cognito-idp",
  "@aws-sdk/client-dynamodb": "dynamodb",
  "@aws-sdk/client-eventbridge": "events",
  "@aws-sdk/client-kms": "kms",
  "@aws-sdk/client-lambda": "lambda",
  "@aws-sdk/client-s3": "s3",
  "@aws-sdk/client-secrets-manager": "secretsmanager",
  "@aws-sdk/client-sns": "sns",
  "@aws-sdk/client-sqs": "sqs",
  "@aws-sdk/client-xray": "xray",
};

/** What a package calls whose exports are no commands; those without an action sign or send what commands say. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  "@aws-sdk/rds-signer": ["rds-db:connect"],
  "@aws-sdk/s3-request-presigner": [],
};

/** Operations whose permission has another name (Service Authorization Reference, "Actions defined by"). */
const RENAMED: Readonly<Record<string, readonly string[]>> = {
  "bedrock:Converse": ["bedrock:InvokeModel"],
  "bedrock:ConverseStream": ["bedrock:InvokeModelWithResponseStream"],
  // A transaction is allowed by what is in it (Amazon DynamoDB, "Using IAM with DynamoDB transactions"); none of ours only checks.
  "dynamodb:TransactWriteItems": ["dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
  "lambda:Invoke": ["lambda:InvokeFunction"],
  "s3:CopyObject": ["s3:GetObject", "s3:PutObject"],
  "s3:CompleteMultipartUpload": ["s3:PutObject"],
  "s3:CreateMultipartUpload": ["s3:PutObject"],
  "s3:DeleteObjects": ["s3:DeleteObject"],
  "s3:HeadBucket": ["s3:ListBucket"],
  "s3:HeadObject": ["s3:GetObject"],
  "s3:ListObjectsV2": ["s3:ListBucket"],
  "s3:UploadPart": ["s3:PutObject"],
};

/** The package whose `BedrockModel`, from whichever of its entries, asks a model for its answer as a whole or piece by piece. */
const AGENTS_SDK = /^@strands-agents\/sdk(?:\/|$)/;
const MODEL_CALLS = ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"];

/** Clients, errors and helpers without a call. */
const CALLS_NOTHING = /^[A-Z]\w*(?:Client|Exception|Error)$/;

/** Whether code that imports from a package may call AWS by it. */
export function mayCallAws(packageName: string): boolean {
  return packageName.startsWith("@aws-sdk/") || packageName === "aws-sdk" || AGENTS_SDK.test(packageName);
}

/** The IAM actions that a name imported from a package calls; `undefined` where that is not understood. */
export function actionsOf(packageName: string, name: string): readonly string[] | undefined {
  if (AGENTS_SDK.test(packageName)) return name === "BedrockModel" ? MODEL_CALLS : [];
  return actionsOfCommand(packageName, name);
}

function actionsOfCommand(packageName: string, name: string): readonly string[] | undefined {
  const other = OTHERS[packageName];
  if (other !== undefined) return other;
  const prefix = PREFIXES[packageName];
  if (prefix === undefined) return undefined;
  if (CALLS_NOTHING.test(name)) return [];
  const operation = /^(?:paginate)?([A-Z]\w*?)(?:Command)?$/.exec(name)?.[1];
  const isCall = name.endsWith("Command") || name.startsWith("paginate");
  if (operation === undefined || !isCall) return undefined;
  const action = `${prefix}:${operation}`;
  return RENAMED[action] ?? [action];
}
