import * as aws from "@pulumi/aws";
import { describe, expect, it } from "vitest";
import { tenantsReachOnlyTheirOwn } from "../../../../policies/proofs/tenants-reach-only-their-own.ts";
import { type Described, policyOf, policyOfText, served } from "../../programs.ts";
import { ACME, planIn, planned, verdictOf, XYZ } from "../platforms.ts";
import { acme, found } from "./found.ts";
import { ACCOUNT, grant, role, store } from "./resources.ts";

describe("a grant of one tenant on something of another one is found", () => {
  it("across stacks and regions, in programs, with the way to it", async () => {
    let arn = "";
    const theirs = await planned(XYZ, () => {
      new aws.s3.Bucket("documents", {}, served()).arn.apply((it) => (arn = it));
    });
    const ours = await planned(ACME, () => {
      const opts = served({ region: "us-east-1", tags: {} });
      const runner = new aws.iam.Role("runner", { assumeRolePolicy: policyOf() }, opts);
      const statement = { Effect: "Allow", Action: ["s3:GetObject"], Resource: `${arn}/*` };
      new aws.iam.RolePolicy("reads", { role: runner.name, policy: policyOf(statement) }, opts);
    });
    const [found, ...others] = verdictOf(tenantsReachOnlyTheirOwn, ours, theirs).violations;
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      stack: ACME,
      name: "reads",
      message: '"reads" must grant tenant "acme-corp" nothing on "documents" of tenant "xyz-gmbh".',
    });
    expect(found?.steps).toEqual([
      expect.stringContaining(`is declared in ${ACME}.`),
      expect.stringContaining(`is granted s3:GetObject on ${arn}/* by "reads" in ${ACME}.`),
      `"documents" is of tenant "xyz-gmbh" (aws:s3/bucket:Bucket in ${XYZ}).`,
    ]);
  });

  it.each<[string, readonly Described[]]>([
    ["a literal ARN", [grant("p", "runner", "dynamodb:GetItem", `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/orders`)]],
    [
      "an index",
      [grant("p", "runner", "dynamodb:Query", `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/orders/index/a`)],
    ],
    ["a wildcard in the name", [grant("p", "runner", "s3:GetObject", "arn:aws:s3:::the*/x")]],
    [
      "a wildcard in the region",
      [grant("p", "runner", "dynamodb:GetItem", `arn:aws:dynamodb:*:${ACCOUNT}:table/orders`)],
    ],
    ["a policy variable", [grant("p", "runner", "s3:GetObject", "arn:aws:s3:::${aws:PrincipalTag/tenant}/*")]],
    ["every resource", [grant("p", "runner", "kms:Decrypt", "*")]],
    ["every action", [grant("p", "runner", "*", "arn:aws:s3:::theirs")]],
    ["all actions but some", [grant("p", "runner", undefined, "arn:aws:s3:::theirs", { NotAction: "iam:*" })]],
    [
      "all resources but some",
      [grant("p", "runner", "s3:GetObject", undefined, { NotResource: "arn:aws:s3:::ours/*" })],
    ],
    [
      "a condition that is not understood",
      [
        grant("p", "runner", "s3:GetObject", "arn:aws:s3:::theirs/*", {
          Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } },
        }),
      ],
    ],
    [
      "an inline policy",
      [
        role("inline", undefined, {
          inlinePolicies: [
            { policy: policyOfText({ Effect: "Allow", Action: "s3:*", Resource: "arn:aws:s3:::theirs/*" }) },
          ],
        }),
      ],
    ],
    [
      "a managed policy",
      [
        {
          type: "aws:iam/policy:Policy",
          name: "managed",
          inputs: { policy: policyOfText({ Effect: "Allow", Action: "s3:*", Resource: "arn:aws:s3:::theirs/*" }) },
          outputs: { arn: "arn:managed" },
        },
        {
          type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
          name: "a",
          inputs: { role: "runner", policyArn: "arn:managed" },
        },
      ],
    ],
    [
      "a policy that nobody here can read",
      [role("managed", undefined, { managedPolicyArns: ["arn:aws:iam::aws:policy/AmazonS3FullAccess"] })],
    ],
    [
      "a user's policy",
      [
        { type: "aws:iam/user:User", name: "u", inputs: { name: "u" } },
        {
          type: "aws:iam/userPolicy:UserPolicy",
          name: "p",
          inputs: { user: "u", policy: policyOfText({ Effect: "Allow", Action: "s3:*", Resource: "*" }) },
        },
      ],
    ],
    ["a policy of a role that no stack declares", [grant("p", "elsewhere", "s3:GetObject", "arn:aws:s3:::theirs/*")]],
  ])("by %s", (_, resources) => {
    expect(acme(...resources).join("\n")).toContain('of tenant "xyz-gmbh"');
  });

  it.each<[string, string, Described]>([
    [
      "a secret",
      "secretsmanager:GetSecretValue",
      store("aws:secretsmanager/secret:Secret", "s", `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:s-abcdef`),
    ],
    [
      "a log group",
      "logs:FilterLogEvents",
      store("aws:cloudwatch/logGroup:LogGroup", "l", `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:l`),
    ],
    ["a topic", "sns:Publish", store("aws:sns/topic:Topic", "t", `arn:aws:sns:eu-west-1:${ACCOUNT}:t`)],
    ["a queue", "sqs:ReceiveMessage", store("aws:sqs/queue:Queue", "q", `arn:aws:sqs:eu-west-1:${ACCOUNT}:q`)],
    [
      "a runtime",
      "bedrock-agentcore:InvokeAgentRuntime",
      {
        type: "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime",
        name: "r",
        outputs: { agentRuntimeArn: `arn:aws:bedrock-agentcore:eu-west-1:${ACCOUNT}:runtime/r-1` },
      },
    ],
    ["a role", "iam:PassRole", role("theirs")],
  ])("on %s", (_, action, thing) => {
    const arn = Object.entries(thing.outputs ?? {}).find(([key]) => /arn$/i.test(key))?.[1];
    const ours = planIn(ACME, role("runner"), grant("p", "runner", action, arn));
    expect(found(ours, planIn(XYZ, thing))).toHaveLength(1);
    expect(found(ours, planIn("production.us-west-2.acme-corp", thing))).toEqual([]);
  });

  it("on a database, as one of its users", () => {
    const database = store("aws:rds/cluster:Cluster", "db", `arn:aws:rds:eu-west-1:${ACCOUNT}:cluster:db`, {
      clusterResourceId: "cluster-X",
    });
    const user = `arn:aws:rds-db:eu-west-1:${ACCOUNT}:dbuser:cluster-X/admin`;
    expect(
      found(planIn(ACME, role("runner"), grant("p", "runner", "rds-db:connect", user)), planIn(XYZ, database)),
    ).toHaveLength(1);
  });
});
