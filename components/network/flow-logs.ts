import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { grant, serviceRole, trustServiceFor } from "../identity/service-role.ts";
import type { Place } from "../place.ts";

const GROUP = "/alicerce/vpc-flow-logs";

/** The fields of a record: those that it has by itself, then which way the packets went, and who encrypted them (Amazon VPC, "Flow log records"). */
const FIELDS = [
  ...["version", "account-id", "interface-id", "srcaddr", "dstaddr", "srcport", "dstport", "protocol"],
  ...["packets", "bytes", "start", "end", "action", "log-status"],
  ...["flow-direction", "traffic-path", "encryption-status"],
];
const FORMAT = FIELDS.map((it) => `\${${it}}`).join(" ");

/** Which network is recorded, and under which key. */
export interface FlowLogsArgs {
  readonly place: Place;
  readonly vpcId: pulumi.Input<string>;
  readonly kmsKeyArn: pulumi.Input<string>;
}

/** The record of every connection of a VPC, kept for a year (premise 7). */
export class FlowLogs extends pulumi.ComponentResource {
  constructor(name: string, { place, vpcId, kmsKeyArn }: FlowLogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:network:FlowLogs", name, {}, opts);

    const group = new aws.cloudwatch.LogGroup(
      name,
      { name: GROUP, kmsKeyId: kmsKeyArn, retentionInDays: 365 },
      { parent: this },
    );
    const sourceArn = `arn:aws:ec2:${place.region}:${place.account}:vpc-flow-log/*`;
    const trust = trustServiceFor("vpc-flow-logs.amazonaws.com", place, sourceArn);
    const role = serviceRole(name, { place, description: "Writes VPC flow logs", trust }, { parent: this });
    const actions = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"];
    const policy = grant(
      name,
      role,
      [
        {
          Effect: "Allow",
          Action: actions,
          Resource: `arn:aws:logs:${place.region}:${place.account}:log-group:${GROUP}:*`,
        },
      ],
      { parent: this },
    );
    new aws.ec2.FlowLog(
      name,
      {
        vpcId,
        trafficType: "ALL",
        logDestination: group.arn,
        iamRoleArn: role.arn,
        logFormat: FORMAT,
        maxAggregationInterval: 60,
      },
      { parent: this, dependsOn: [policy] },
    );

    this.registerOutputs({});
  }
}
