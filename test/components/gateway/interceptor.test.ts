import * as aws from "@pulumi/aws";
import { describe, expect, it } from "vitest";
import { awsOf, planned, statements } from "../planned.ts";
import { gateway, testTenant, interceptor } from "../tenant-programs.ts";

const FUNCTION = "aws:lambda/function:Function";
const POLICY = "aws:iam/rolePolicy:RolePolicy";
const NAME = "interceptor-internal";

const plan = () =>
  planned((opts) => {
    const topic = new aws.sns.Topic("alerts", {}, { provider: awsOf(opts) });
    return interceptor(testTenant(opts), opts, topic.arn);
  });

describe("Interceptor", () => {
  it("runs on arm64 outside of the network, with its log and its variables under the tenant's key", async () => {
    const it = await plan();
    const made = it.one(FUNCTION, NAME);
    expect(made.inputs).toMatchObject({
      runtime: "nodejs24.x",
      architectures: ["arm64"],
      handler: "index.handler",
      tracingConfig: { mode: "Active" },
      reservedConcurrentExecutions: -1,
    });
    expect(made.inputs).not.toHaveProperty("vpcConfig");
    const key = it.one("aws:kms/key:Key", "key").urn;
    expect(made.propertyDependencies?.["kmsKeyArn"]).toEqual([key]);
    const log = it.one("aws:cloudwatch/logGroup:LogGroup", NAME);
    expect(log.inputs).toMatchObject({ name: "/alicerce/xyz-gmbh/interceptor-internal", retentionInDays: 365 });
    expect(log.propertyDependencies?.["kmsKeyId"]).toEqual([key]);
  });

  it("tells somebody when it fails or is throttled, since no call goes through without it", async () => {
    const it = await plan();
    const topic = it.one("aws:sns/topic:Topic", "alerts").urn;
    for (const [kind, metricName] of [
      ["errors", "Errors"],
      ["throttles", "Throttles"],
    ] as const) {
      const alarm = it.one("aws:cloudwatch/metricAlarm:MetricAlarm", `${NAME}-${kind}`);
      expect(alarm.inputs).toMatchObject({
        namespace: "AWS/Lambda",
        metricName,
        dimensions: { FunctionName: it.one(FUNCTION, NAME).outputs?.["name"] },
        threshold: 0,
      });
      expect(alarm.propertyDependencies?.["alarmActions"]).toEqual([topic]);
    }
  });

  it("may sign by the tenant's key for contexts, in the one way that is used, and has it before it runs", async () => {
    const it = await plan();
    const policy = it.one(POLICY, `${NAME}-context`);
    expect(statements(policy.inputs["policy"])).toEqual([
      {
        Effect: "Allow",
        Action: ["kms:Sign"],
        Resource: expect.stringMatching(/^arn:aws:kms:eu-west-1:111122223333:key\//) as string,
        Condition: { StringEquals: { "kms:MessageType": "RAW", "kms:SigningAlgorithm": "ECDSA_SHA_256" } },
      },
    ]);
    expect(policy.propertyDependencies?.["policy"]).toEqual([it.one("aws:kms/key:Key", "context-key").urn]);
    expect(it.one(FUNCTION, NAME).dependencies).toContain(policy.urn);
  });

  it("reads the directory and counts calls in the tenant's table, and is granted nothing more", async () => {
    const it = await plan();
    const role = it.one("aws:iam/role:Role", NAME).urn;
    const granted = it.resources.filter(
      (it) => it.type === POLICY && it.propertyDependencies?.["role"]?.includes(role),
    );
    const actions = granted.flatMap((it) => statements(it.inputs["policy"])).flatMap((it) => it["Action"]);
    expect(new Set(actions)).toEqual(
      new Set([
        "dynamodb:GetItem",
        "dynamodb:UpdateItem",
        "kms:Decrypt",
        "kms:Sign",
        "logs:CreateLogStream",
        "logs:PutLogEvents",
        "xray:PutTelemetryRecords",
        "xray:PutTraceSegments",
      ]),
    );
  });

  it("is called by the role of its gateway alone", async () => {
    const it = await planned((opts) => gateway(testTenant(opts), opts));
    const callers = it.resources.filter((it) => JSON.stringify(it.inputs).includes("lambda:InvokeFunction"));
    expect(callers.map(({ type, name }) => [type, name])).toEqual([[POLICY, "gateway-internal-interceptor"]]);
    expect(callers[0]?.propertyDependencies).toMatchObject({
      role: [it.one("aws:iam/role:Role", "gateway-internal").urn],
      policy: [it.one(FUNCTION, NAME).urn],
    });
  });
});

describe("ContextKey", () => {
  it("signs and does nothing else, and tells its public half", async () => {
    const { inputs } = (await plan()).one("aws:kms/key:Key", "context-key");
    expect(inputs).toMatchObject({ customerMasterKeySpec: "ECC_NIST_P256", keyUsage: "SIGN_VERIFY" });
    expect(statements(inputs["policy"]).flatMap((it) => it["Action"])).not.toContain("kms:Decrypt");
  });
});
