/** Actions that a role needs beside what the code of its workload calls, with the reason. */
export interface PlatformNeed {
  readonly actions: readonly string[];
  readonly why: string;
}

/** What AWS Lambda itself does with the role of a function (Lambda developer guide, "Execution role permissions"). */
export const OF_FUNCTIONS: readonly PlatformNeed[] = [
  { actions: ["logs:CreateLogStream", "logs:PutLogEvents"], why: "AWS Lambda writes the function's log" },
  { actions: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], why: "AWS Lambda sends the function's traces" },
  {
    actions: [
      "ec2:AssignPrivateIpAddresses",
      "ec2:CreateNetworkInterface",
      "ec2:DeleteNetworkInterface",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSubnets",
      "ec2:UnassignPrivateIpAddresses",
    ],
    why: "AWS Lambda makes the network interfaces of a function in a VPC",
  },
  { actions: ["kms:Decrypt"], why: "AWS Lambda decrypts the function's environment variables" },
];

/** What AgentCore Runtime and the telemetry in its images do with the role of a runtime (AgentCore guide, "runtime-permissions"). */
export const OF_RUNTIMES: readonly PlatformNeed[] = [
  {
    actions: ["ecr:BatchGetImage", "ecr:GetAuthorizationToken", "ecr:GetDownloadUrlForLayer"],
    why: "AgentCore Runtime pulls the image",
  },
  {
    actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents", "logs:PutResourcePolicy"],
    why: "AgentCore Runtime writes the runtime's log",
  },
  {
    actions: [
      "cloudwatch:PutMetricData",
      "xray:GetSamplingRules",
      "xray:GetSamplingTargets",
      "xray:PutTelemetryRecords",
      "xray:PutTraceSegments",
    ],
    why: "OpenTelemetry in the image sends traces and metrics",
  },
];

/** What the client of A2A does where AgentCore Runtime hosts the agents: the calls are HTTP that the role signs, and no command of an SDK. */
export const OF_AGENT_RUNTIMES: readonly PlatformNeed[] = [
  {
    actions: ["bedrock-agentcore:InvokeAgentRuntime"],
    why: "AgentCore Runtime authorizes calls between agents by IAM",
  },
];

/** What a call needs on the key of what it reads or writes, since AWS uses the key as the caller. */
const KEY_USE: Readonly<Record<string, readonly string[]>> = {
  "dynamodb:BatchGetItem": ["kms:Decrypt"],
  "dynamodb:BatchWriteItem": ["kms:Decrypt"],
  "dynamodb:ConditionCheckItem": ["kms:Decrypt"],
  "dynamodb:DeleteItem": ["kms:Decrypt"],
  "dynamodb:GetItem": ["kms:Decrypt"],
  "dynamodb:PutItem": ["kms:Decrypt"],
  "dynamodb:Query": ["kms:Decrypt"],
  "dynamodb:UpdateItem": ["kms:Decrypt"],
  "s3:GetObject": ["kms:Decrypt"],
  "s3:PutObject": ["kms:Decrypt", "kms:GenerateDataKey"],
  "secretsmanager:GetSecretValue": ["kms:Decrypt"],
  "secretsmanager:PutSecretValue": ["kms:Decrypt", "kms:GenerateDataKey"],
  "sqs:ChangeMessageVisibility": ["kms:Decrypt"],
  "sqs:DeleteMessage": ["kms:Decrypt"],
  "sqs:ReceiveMessage": ["kms:Decrypt"],
  "sqs:SendMessage": ["kms:Decrypt", "kms:GenerateDataKey"],
};

/** The actions on keys that calls come with. */
export function keyUseOf(actions: Iterable<string>): readonly string[] {
  return [...new Set([...actions].flatMap((it) => KEY_USE[it] ?? []))];
}
