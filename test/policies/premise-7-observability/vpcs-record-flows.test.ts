import * as aws from "@pulumi/aws";
import { vpcsRecordFlows } from "../../../policies/premise-7-observability/vpcs-record-flows.ts";
import { testRule } from "../../support/rule-tester.ts";
import { roleFor, served } from "../programs.ts";

function vpc(args?: { trafficType?: string }): void {
  const opts = served();
  const { id } = new aws.ec2.Vpc("vpc", { cidrBlock: "10.2.0.0/16" }, opts);
  if (args === undefined) return;
  const logDestination = new aws.cloudwatch.LogGroup("flows", {}, opts).arn;
  new aws.ec2.FlowLog("flows", { vpcId: id, iamRoleArn: roleFor("flows", opts).arn, logDestination, ...args }, opts);
}

const MESSAGE = '"vpc" must record all of its flows.';

testRule(
  vpcsRecordFlows,
  {
    accepts: { "a record of all traffic": () => vpc({ trafficType: "ALL" }) },
    rejects: {
      "a VPC without a record": [() => vpc(), MESSAGE],
      "a record of what was refused": [() => vpc({ trafficType: "REJECT" }), MESSAGE],
      "a record of nobody knows what": [() => vpc({}), MESSAGE],
    },
  },
  { preview: "realistic" },
);
