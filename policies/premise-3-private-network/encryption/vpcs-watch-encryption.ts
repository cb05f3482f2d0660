import { CONTROL } from "../../engine/frameworks.ts";
import { rule } from "../../engine/rule.ts";
import { absent, some } from "../../engine/three-values.ts";
import { namersOf, type Naming } from "../../facts/reference.ts";
import { TYPE } from "../../facts/resource-types.ts";

const CONTROLS: Naming = { types: ["aws:ec2/vpcEncryptionControl:VpcEncryptionControl"], input: "vpcId" };
const FLOW_LOGS: Naming = { types: ["aws:ec2/flowLog:FlowLog"], input: "vpcId" };

/** The field of a flow log that says who encrypted a flow (Amazon VPC, "Flow log records"). */
const FIELD = "${" + "encryption-status}";

export const vpcsWatchEncryption = rule({
  premise: 3,
  id: "vpcs-watch-encryption",
  severity: "high",
  description:
    "Load balancers reach pods over hardware that encrypts what it sends, and the record of each flow says whether it was encrypted.",
  remediation:
    "Declare a VpcEncryptionControl of the VPC with `mode` set to `monitor`, and a FlowLog whose `logFormat` has the field encryption-status.",
  frameworks: [CONTROL.soc2Transmission, CONTROL.isoCryptography, CONTROL.gdprSecurity],
  subjects: { types: [TYPE.vpc] },
  judge: [
    (it, stack) =>
      some(namersOf(it, CONTROLS, ["id"], stack), (control) => control.text("mode") === "monitor")
        ? undefined
        : absent(`"${it.name}" must have an encryption control in mode monitor.`),
    (it, stack) =>
      some(namersOf(it, FLOW_LOGS, ["id"], stack), (log) => log.text("logFormat")?.includes(FIELD) === true)
        ? undefined
        : absent(`"${it.name}" must record of each flow whether it was encrypted.`),
  ],
});
