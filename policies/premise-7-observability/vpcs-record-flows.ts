import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import { byOutput, namersOf, type Naming, referenceOf, referred } from "../facts/reference.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { absent, some } from "../engine/three-values.ts";

const FLOW_LOGS: Naming = { types: ["aws:ec2/flowLog:FlowLog"], input: "vpcId" };

export const vpcsRecordFlows = rule({
  premise: 7,
  id: "vpcs-record-flows",
  severity: "high",
  description: "Every connection in a VPC, admitted or refused, leaves a record.",
  remediation: "Add a FlowLog for the VPC with `trafficType` ALL, into a log group with a key of the same stack.",
  frameworks: [CONTROL.soc2Monitoring, CONTROL.isoMonitoring, CONTROL.pciAuditLogs],
  subjects: { types: [TYPE.vpc] },
  judge: (it, stack) =>
    some(namersOf(it, FLOW_LOGS, ["id"], stack), (flowLog) => isKept(flowLog, stack))
      ? undefined
      : absent(`"${it.name}" must record all of its flows, in an encrypted log group or a bucket of its own stack.`),
});

/** Whether all records go to a log group with a key, or to a bucket, of the same stack. */
function isKept(flowLog: ResourceView, stack: StackIndex): boolean {
  if (flowLog.text("trafficType") !== "ALL") return false;
  const type = flowLog.text("logDestinationType") === "s3" ? TYPE.bucket : TYPE.logGroup;
  const place = referred(referenceOf(flowLog, "logDestination"), byOutput(type, "arn"), stack);
  return place !== undefined && (type === TYPE.bucket || place.has("kmsKeyId"));
}
