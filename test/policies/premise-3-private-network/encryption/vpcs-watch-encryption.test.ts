import type { Plan } from "../../../../plan/model.ts";
import { vpcsWatchEncryption } from "../../../../policies/premise-3-private-network/encryption/vpcs-watch-encryption.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { planOf } from "../../programs.ts";

interface Watched {
  /** The VPC of the control; without it, there is none. */
  readonly control?: string;
  readonly mode?: string;
  /** The VPC of the flow log, and the format of its records. */
  readonly log?: string;
  readonly format?: string;
}

/** A VPC, its control and its flow log. */
function vpc({
  control = "vpc-1",
  mode = "monitor",
  log = "vpc-1",
  format = "${srcaddr} ${encryption-status}",
}: Watched = {}): Plan {
  return planOf(
    { type: "aws:ec2/vpc:Vpc", name: "vpc", inputs: {}, outputs: { id: "vpc-1" } },
    {
      type: "aws:ec2/vpcEncryptionControl:VpcEncryptionControl",
      name: "vpc",
      inputs: { vpcId: control, mode },
    },
    {
      type: "aws:ec2/flowLog:FlowLog",
      name: "flows",
      inputs: { vpcId: log, ...(format !== "" && { logFormat: format }) },
    },
  );
}

const OFF = '"vpc" must have an encryption control in mode monitor.';
const SILENT = '"vpc" must record of each flow whether it was encrypted.';

testRule(vpcsWatchEncryption, {
  accepts: {
    "a VPC that is watched": vpc(),
  },
  rejects: {
    "a control of another VPC": [vpc({ control: "vpc-2" }), OFF],
    "a mode in which runtimes may not be attached": [vpc({ mode: "enforce" }), OFF],
    "records of another VPC": [vpc({ log: "vpc-2" }), SILENT],
    "records that do not say it": [vpc({ format: "${srcaddr} ${dstaddr}" }), SILENT],
    "records of the usual format": [vpc({ format: "" }), SILENT],
    "neither a control nor records": [vpc({ control: "vpc-2", log: "vpc-2" }), OFF, SILENT],
  },
});
