import { describe, expect, it } from "vitest";
import { UNKNOWN } from "../../../plan/model.ts";
import { tenantsReachOnlyTheirOwn } from "../../../policies/proofs/tenants-reach-only-their-own.ts";
import { type Described, policyOfText } from "../programs.ts";
import { ACME, planIn, verdictOf, waysOf, XYZ } from "./platforms.ts";
import { acme, found, THEIRS } from "./isolation/found.ts";
import { ACCOUNT, bucket, grant, role, store } from "./isolation/resources.ts";

describe("sensible programs hold", () => {
  it("with grants on what is the tenant's own, actions that reach no store, and names of its own", () => {
    const own = [
      bucket("ours"),
      grant("own", "runner", "s3:GetObject", "arn:aws:s3:::ours/*"),
      grant(
        "all",
        "runner",
        ["sqs:ListQueues", "xray:PutTraceSegments", "logs:DescribeDestinations", "ec2:DescribeSubnets"],
        "*",
      ),
      { type: "aws:s3/bucketVersioning:BucketVersioning", name: "v", inputs: { bucket: "ours" } },
    ];
    const verdict = verdictOf(
      tenantsReachOnlyTheirOwn,
      planIn(ACME, role("runner"), ...own),
      planIn(XYZ, ...THEIRS, store("aws:sqs/queue:Queue", "q", `arn:aws:sqs:eu-west-1:${ACCOUNT}:q`)),
    );
    expect(waysOf(verdict)).toEqual([]);
    expect(verdict.enumerated).toEqual(
      expect.arrayContaining([
        { what: "ordered pairs of tenants", count: 2 },
        { what: "principals of tenants", count: 1 },
      ]),
    );
  });

  it("where two tenants give stores the same name", () => {
    const fn = (region: string): readonly Described[] => [
      store("aws:lambda/function:Function", "orders", `arn:aws:lambda:${region}:${ACCOUNT}:function:orders`),
      {
        type: "aws:lambda/permission:Permission",
        name: "p",
        inputs: { function: "orders", principal: "s3.amazonaws.com" },
      },
    ];
    expect(found(planIn(ACME, ...fn("us-east-1")), planIn(XYZ, ...fn("eu-west-1")))).toEqual([]);
  });
});

describe("what cannot be read is never held", () => {
  it("a document that is no JSON", () => {
    const broken = { ...grant("broken", "runner", "s3:*", "*"), inputs: { role: "runner", policy: "{" } };
    expect(acme(broken)).toEqual(['"broken" must hold a policy document that can be read: it is no JSON.']);
  });

  it("a document, a role and a store that are not known yet", () => {
    expect(acme({ ...grant("p", "runner", "s3:*", "*"), inputs: { role: "runner", policy: UNKNOWN } })).toEqual([
      '"p" cannot be judged before this is known: policy.',
    ]);
    expect(acme({ ...grant("p", "runner", "s3:*", "*"), inputs: { role: UNKNOWN, policy: policyOfText() } })).toEqual([
      '"p" cannot be judged before this is known: role.',
    ]);
    const unnamed: Described = { type: "aws:dynamodb/table:Table", name: "t", inputs: { name: UNKNOWN } };
    expect(found(planIn(ACME, unnamed))).toEqual(['"t" cannot be judged before this is known: its ARN and its name.']);
  });
});
