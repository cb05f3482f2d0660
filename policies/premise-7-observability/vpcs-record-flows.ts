import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import { rule } from "../engine/rule.ts";
import { absent, some } from "../engine/three-values.ts";

const FLOW_LOG = "aws:ec2/flowLog:FlowLog";

export const vpcsRecordFlows = rule({
  premise: 7,
  id: "vpcs-record-flows",
  severity: "high",
  description: "Every connection in a VPC, admitted or refused, leaves a record.",
  remediation: "Add a FlowLog for the VPC with `trafficType` ALL.",
  frameworks: [CONTROL.soc2Monitoring, CONTROL.isoMonitoring, CONTROL.pciAuditLogs],
  subjects: { types: [TYPE.vpc] },
  judge: (it, stack) =>
    some(stack.referrers(it, FLOW_LOG, "vpcId"), (flowLog) => flowLog.text("trafficType") === "ALL")
      ? undefined
      : absent(`"${it.name}" must record all of its flows.`),
});
