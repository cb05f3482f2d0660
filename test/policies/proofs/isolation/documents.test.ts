import { describe, expect, it } from "vitest";
import { type Described, policyOfText } from "../../programs.ts";
import { ACME, planIn, XYZ } from "../platforms.ts";
import { found, KEY, keyArn, THEIRS } from "./found.ts";
import { ACCOUNT, bucket, role, roleArn, store } from "./resources.ts";

describe("a document of the other tenant that names this one is found", () => {
  const bucketPolicy = (statement: object): Described => ({
    type: "aws:s3/bucketPolicy:BucketPolicy",
    name: "opens",
    inputs: {
      bucket: "theirs",
      policy: policyOfText({
        Effect: "Allow",
        Action: "s3:GetObject",
        Resource: "arn:aws:s3:::theirs/*",
        ...statement,
      }),
    },
  });

  it.each<[string, object]>([
    ["a role", { Principal: { AWS: roleArn("runner") } }],
    ["a session of a role", { Principal: { AWS: `arn:aws:sts::${ACCOUNT}:assumed-role/runner/x` } }],
    ["everybody", { Principal: "*" }],
    ["everybody in the account", { Principal: "*", Condition: { StringEquals: { "aws:PrincipalAccount": ACCOUNT } } }],
    ["everybody but somebody", { NotPrincipal: { AWS: roleArn("nobody") } }],
    [
      "whoever is called so",
      { Principal: "*", Condition: { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${ACCOUNT}:role/alicerce/run*` } } },
    ],
  ])("%s, in a bucket's policy", (_, statement) => {
    const all = found(planIn(ACME, role("runner")), planIn(XYZ, ...THEIRS, bucketPolicy(statement)));
    expect(all).toHaveLength(1);
    expect(all[0]).toContain('"opens" must grant tenant "acme-corp" nothing on "theirs" of tenant "xyz-gmbh"');
  });

  it.each<[string, object]>([
    ["its own role", { Principal: { AWS: roleArn("their-own") } }],
    [
      "its own role by condition",
      { Principal: "*", Condition: { ArnEquals: { "aws:PrincipalArn": roleArn("their-own") } } },
    ],
    ["the account, which leaves it to IAM", { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } }],
    ["a service", { Principal: { Service: "delivery.logs.amazonaws.com" } }],
  ])("but not %s", (_, statement) => {
    expect(
      found(planIn(ACME, role("runner")), planIn(XYZ, role("their-own"), ...THEIRS, bucketPolicy(statement))),
    ).toEqual([]);
  });

  it.each<[string, Described]>([
    [
      "a key's policy",
      {
        type: KEY,
        name: "opened",
        inputs: {
          policy: policyOfText({
            Effect: "Allow",
            Action: "kms:Decrypt",
            Resource: "*",
            Principal: { AWS: roleArn("runner") },
          }),
        },
        outputs: { arn: `${keyArn}2`, keyId: "mrk-2" },
      },
    ],
    [
      "a KMS grant",
      {
        type: "aws:kms/grant:Grant",
        name: "g",
        inputs: { keyId: "mrk-1", granteePrincipal: roleArn("runner"), operations: ["Decrypt"] },
      },
    ],
    [
      "a permission of Lambda",
      { type: "aws:lambda/permission:Permission", name: "g", inputs: { function: "fn", principal: roleArn("runner") } },
    ],
    [
      "a permission of Lambda for a resource of the other",
      {
        type: "aws:lambda/permission:Permission",
        name: "g",
        inputs: { function: "fn", principal: "s3.amazonaws.com", sourceArn: "arn:aws:s3:::ours" },
      },
    ],
    [
      "a resource policy of AgentCore",
      {
        type: "aws:bedrock/agentcoreResourcePolicy:AgentcoreResourcePolicy",
        name: "g",
        inputs: {
          resourceArn: keyArn,
          policy: policyOfText({
            Effect: "Allow",
            Action: "bedrock-agentcore:InvokeAgentRuntime",
            Resource: "*",
            Principal: { AWS: roleArn("runner") },
          }),
        },
      },
    ],
  ])("in %s", (_, opened) => {
    const fn = store("aws:lambda/function:Function", "fn", `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:fn`);
    const all = found(planIn(ACME, role("runner"), bucket("ours")), planIn(XYZ, ...THEIRS, fn, opened));
    expect(all.length).toBeGreaterThan(0);
    expect(all.every((it) => it.includes("xyz-gmbh"))).toBe(true);
  });
});
