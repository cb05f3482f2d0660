import * as aws from "@pulumi/aws";
import { vpcsRecordFlows } from "../../../policies/premise-7-observability/vpcs-record-flows.ts";
import { testRule } from "../../support/rule-tester.ts";
import { roleFor, served } from "../programs.ts";

interface Flows {
  readonly trafficType?: string;
  readonly logDestination?: string;
  readonly logDestinationType?: string;
  /** Whether a key of the stack encrypts the log group. */
  readonly encrypted?: boolean;
}

function vpc(flows?: Flows): void {
  const opts = served();
  const { id } = new aws.ec2.Vpc("vpc", { cidrBlock: "10.2.0.0/16" }, opts);
  if (flows === undefined) return;
  const { encrypted = true, ...args } = flows;
  const key = encrypted ? { kmsKeyId: new aws.kms.Key("key", {}, opts).arn } : {};
  const logDestination = new aws.cloudwatch.LogGroup("flows", key, opts).arn;
  new aws.ec2.FlowLog("flows", { vpcId: id, iamRoleArn: roleFor("flows", opts).arn, logDestination, ...args }, opts);
}

const MESSAGE = '"vpc" must record all of its flows, in an encrypted log group or a bucket of its own stack.';

testRule(
  vpcsRecordFlows,
  {
    accepts: { "a record of all traffic": () => vpc({ trafficType: "ALL" }) },
    rejects: {
      "a VPC without a record": [() => vpc(), MESSAGE],
      "a record of what was refused": [() => vpc({ trafficType: "REJECT" }), MESSAGE],
      "a record in a bucket elsewhere": [
        () => vpc({ trafficType: "ALL", logDestinationType: "s3", logDestination: "arn:aws:s3:::elsewhere" }),
        MESSAGE,
      ],
      "a record without a key": [() => vpc({ trafficType: "ALL", encrypted: false }), MESSAGE],
      "a record of nobody knows what": [() => vpc({}), MESSAGE],
    },
  },
  { preview: "realistic" },
);

testRule(vpcsRecordFlows, {
  accepts: { "a record of all traffic, once everything is made": () => vpc({ trafficType: "ALL" }) },
  rejects: {
    "a record in the log group of another account": [
      () => vpc({ trafficType: "ALL", logDestination: "arn:aws:logs:eu-west-1:444455556666:log-group:flows" }),
      MESSAGE,
    ],
  },
});
