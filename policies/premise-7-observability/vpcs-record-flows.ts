import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import { isOutput, referenceOf, referred, refersTo } from "../facts/reference.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { absent, some } from "../engine/three-values.ts";

const FLOW_LOG = "aws:ec2/flowLog:FlowLog";

export const vpcsRecordFlows = rule({
  premise: 7,
  id: "vpcs-record-flows",
  severity: "high",
  description: "Every connection in a VPC, admitted or refused, leaves a record.",
  remediation: "Add a FlowLog for the VPC with `trafficType` ALL, into a log group with a key of the same stack.",
  frameworks: [CONTROL.soc2Monitoring, CONTROL.isoMonitoring, CONTROL.pciAuditLogs],
  subjects: { types: [TYPE.vpc] },
  judge: (it, stack) =>
    some(stack.ofType(FLOW_LOG), (flowLog) => isOf(it, flowLog, stack) && isKept(flowLog, stack))
      ? undefined
      : absent(`"${it.name}" must record all of its flows, in an encrypted log group or a bucket of its own stack.`),
});

function isOf(vpc: ResourceView, flowLog: ResourceView, stack: StackIndex): boolean {
  return flowLog.text("trafficType") === "ALL" && refersTo(referenceOf(flowLog, "vpcId"), [vpc], isOutput("id"), stack);
}

/** Whether the records go to a log group with a key, or to a bucket, of the same stack. */
function isKept(flowLog: ResourceView, stack: StackIndex): boolean {
  const type = flowLog.text("logDestinationType") === "s3" ? TYPE.bucket : TYPE.logGroup;
  const place = referred(referenceOf(flowLog, "logDestination"), stack.ofType(type), isOutput("arn"), stack);
  return place !== undefined && (type === TYPE.bucket || place.has("kmsKeyId"));
}
