import { describe, expect, it } from "vitest";
import { FlowLogs } from "../../../components/network/flow-logs.ts";
import { Vpc } from "../../../components/network/vpc.ts";
import { planned, statements, testBoundary, testKey } from "../planned.ts";

describe("FlowLogs", () => {
  it("keeps all traffic of the VPC for a year under the key, and may write there only", async () => {
    const plan = await planned((opts) => {
      const vpc = new Vpc("vpc", { cidr: "10.7.0.0/16", zoneIds: ["euw1-az1"] }, opts);
      const { arn: kmsKeyArn } = testKey(opts);
      new FlowLogs("flow-logs", { place: testBoundary(opts), vpcId: vpc.id, kmsKeyArn }, opts);
    });
    expect(plan.inputs("aws:ec2/flowLog:FlowLog", "flow-logs")).toMatchObject({
      trafficType: "ALL",
      logFormat: expect.stringMatching(/^\$\{version\} .* \$\{encryption-status\}$/) as unknown,
    });
    const group = plan.one("aws:cloudwatch/logGroup:LogGroup", "flow-logs");
    expect(group.inputs).toMatchObject({ name: "/alicerce/vpc-flow-logs", retentionInDays: 365 });
    expect(group.propertyDependencies?.["kmsKeyId"]).toEqual([plan.one("aws:kms/key:Key", "key").urn]);
    expect(statements(plan.inputs("aws:iam/rolePolicy:RolePolicy", "flow-logs")["policy"])).toEqual([
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        Resource: "arn:aws:logs:eu-west-1:111122223333:log-group:/alicerce/vpc-flow-logs:*",
      },
    ]);
  });
});
