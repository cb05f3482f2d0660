import { CLOUDWATCH_AGENT, nodeLogGroups } from "../../../../contracts/records/container-logs.ts";
import type { Placed, Platform } from "../../../engine/platform.ts";
import { roleOf } from "../../../facts/reach/host.ts";
import { TYPE } from "../../../facts/resource-types.ts";
import { callsOf, type Duty } from "./duty.ts";

const FLOW_LOG = "aws:ec2/flowLog:FlowLog";

const WRITING = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"];
const TRACING = [
  "xray:GetSamplingRules",
  "xray:GetSamplingTargets",
  "xray:PutTelemetryRecords",
  "xray:PutTraceSegments",
];

/** Amazon VPC writes flow logs as a role (VPC user guide, "IAM role for publishing flow logs to CloudWatch Logs"). */
export function flowLogDuties(platform: Platform): readonly Duty[] {
  return platform.ofType(FLOW_LOG).flatMap(({ resource: it }): readonly Duty[] => {
    const role = roleOf(platform, it.text("iamRoleArn"));
    const group = it.text("logDestination");
    if (role === undefined || group === undefined) return [];
    return [{ role, calls: callsOf(WRITING, [`${group}:log-stream:x`]), why: `"${it.name}" is written` }];
  });
}

/** The agents of the CloudWatch add-on write logs and spans as the role of their service account (CloudWatch user guide, "Set up the add-on"). */
export function containerDuties(platform: Platform): readonly Duty[] {
  return platform
    .ofType(TYPE.podIdentityAssociation)
    .filter(isOfAgents)
    .flatMap(({ resource: it, stack }): readonly Duty[] => {
      const role = roleOf(platform, it.text("roleArn"));
      if (role === undefined) return [];
      const groups = nodeLogGroups(it.text("clusterName") ?? "").map(
        (name) => `arn:aws:logs:${it.region ?? ""}:${stack.address.environment.account}:log-group:${name}:log-stream:x`,
      );
      const calls = [...callsOf(WRITING, groups), ...callsOf(TRACING, ["*"])];
      return [{ role, calls, why: "the agents of the CloudWatch add-on report what containers do" }];
    });
}

function isOfAgents({ resource: it }: Placed): boolean {
  const { namespace, serviceAccount } = CLOUDWATCH_AGENT;
  return it.text("namespace") === namespace && it.text("serviceAccount") === serviceAccount;
}
