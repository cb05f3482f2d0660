import * as aws from "@pulumi/aws";
import { QueryLogs } from "../../../components/network/query-logs.ts";
import { vpcsRecordNames } from "../../../policies/premise-3-private-network/vpcs-record-names.ts";
import type { Plan } from "../../../plan/model.ts";
import { testRule } from "../../support/rule-tester.ts";
import { planOf, served } from "../programs.ts";

const GROUP = "arn:aws:logs:eu-west-1:111122223333:log-group:names";

/** A VPC, an association and where it writes. */
function names({ vpc = "vpc-1", config = "rqlc-1", group = GROUP, key = "key" } = {}): Plan {
  return planOf(
    { type: "aws:ec2/vpc:Vpc", name: "vpc", inputs: {}, outputs: { id: "vpc-1" } },
    {
      type: "aws:cloudwatch/logGroup:LogGroup",
      name: "names",
      inputs: key === "" ? {} : { kmsKeyId: key },
      outputs: { arn: GROUP },
    },
    {
      type: "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig",
      name: "names",
      inputs: { destinationArn: group },
      outputs: { id: "rqlc-1" },
    },
    {
      type: "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation",
      name: "names",
      inputs: { resourceId: vpc, resolverQueryLogConfigId: config },
    },
  );
}

function program(): void {
  const { provider } = served();
  const { id: vpcId } = new aws.ec2.Vpc("vpc", { cidrBlock: "10.2.0.0/16" }, { provider: provider! });
  const key = new aws.kms.Key("key", {}, { provider: provider! });
  new QueryLogs("names", { vpcId, kmsKeyArn: key.arn }, { providers: [provider!] });
}

const MESSAGE = '"vpc" must record the names that it asks for, in an encrypted log group of its own stack.';

testRule(vpcsRecordNames, {
  accepts: { "a record under a key": names(), "the component for query logs": program },
  rejects: {
    "a record of another VPC": [names({ vpc: "vpc-2" }), MESSAGE],
    "a configuration of somebody else": [names({ config: "rqlc-2" }), MESSAGE],
    "a record elsewhere": [names({ group: GROUP.replace("111122223333", "444455556666") }), MESSAGE],
    "a record without a key": [names({ key: "" }), MESSAGE],
  },
});
