/** Actions without resource types in AWS's service authorization reference: they are granted on `*`, and on an ARN never. */
const WITHOUT_RESOURCE =
  /^(?:bedrock-agentcore:List(?:AgentRuntimeEndpoints|AgentRuntimeVersions|AgentRuntimes|Gateways)|ecr:GetAuthorizationToken|logs:DescribeLogGroups|sts:GetCallerIdentity|xray:(?:BatchGetTraces|GetSamplingRules|GetSamplingTargets|GetTraceSummaries|PutTelemetryRecords|PutTraceSegments)|ec2:Describe\w+)$/;

/** Whether an action, such as `ecr:GetAuthorizationToken`, can only be granted on `*`. */
export function knowsNoResource(action: string): boolean {
  return WITHOUT_RESOURCE.test(action);
}
