import { describe, expect, it } from "vitest";
import { permissionsBoundary } from "../../../components/identity/permissions-boundary.ts";
import { awsOf, PLACE, planned, statements } from "../planned.ts";

const boundary = async () => {
  const plan = await planned((opts) =>
    permissionsBoundary("boundary", { environment: "production", account: PLACE.account }, { provider: awsOf(opts) }),
  );
  return plan.inputs("aws:iam/policy:Policy", "boundary");
};

describe("permissionsBoundary", () => {
  it("has a name by which other stacks and deployers know it", async () => {
    expect(await boundary()).toMatchObject({ name: "alicerce-production-boundary", path: "/alicerce/" });
  });

  it("names every action, and leaves the account only where an action knows no resource", async () => {
    const { policy } = await boundary();
    const all = statements(policy) as readonly { Action: string[]; Resource: string }[];
    expect(all.flatMap((it) => it.Action).filter((it) => it.includes("*"))).toEqual([]);
    expect(all.filter((it) => it.Resource === "*").flatMap((it) => it.Action)).toEqual([
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSubnets",
      "ecr:GetAuthorizationToken",
      "tag:GetResources",
      "xray:BatchGetTraces",
      "xray:GetSamplingRules",
      "xray:GetSamplingTargets",
      "xray:GetTraceSummaries",
      "xray:PutTelemetryRecords",
      "xray:PutTraceSegments",
      "cloudwatch:PutMetricData",
    ]);
  });

  it("gives no role a way to change roles, policies or keys", async () => {
    const { policy } = await boundary();
    const actions = statements(policy).flatMap((it) => it["Action"] as string[]);
    const grants = statements(policy).filter((it) => String(it["Action"]).startsWith("kms:Create"));
    const grant = {
      Effect: "Allow",
      Action: ["kms:CreateGrant"],
      Resource: `arn:aws:kms:*:${PLACE.account}:key/*`,
    };
    expect(grants).toEqual([
      {
        ...grant,
        Condition: {
          StringEquals: { "kms:GrantConstraintType": "EncryptionContextSubset" },
          "ForAllValues:StringEquals": { "kms:GrantOperations": ["Decrypt", "GenerateDataKey"] },
        },
      },
      {
        ...grant,
        Condition: {
          StringLike: { "kms:ViaService": ["backup", "dynamodb", "rds"].map((it) => `${it}.*.amazonaws.com`) },
          Bool: { "kms:GrantIsForAWSResource": "true" },
        },
      },
    ]);
    expect(actions.filter((it) => /^(iam|organizations):|^kms:(Put|Schedule)/.test(it))).toEqual([]);
  });
});
