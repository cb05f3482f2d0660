import { beforeAll, describe, expect, it } from "vitest";
import type { Plan } from "../../../../plan/model.ts";
import { stacksCanBeDeployedByTheirRole as proven } from "../../../../policies/proofs/stacks-can-be-deployed-by-their-role.ts";
import { plansOfAllEnvironments } from "../all-environments.ts";
import { type Edit, edited, set, withoutAction } from "../edits.ts";
import { verdictOf, waysOf, XYZ } from "../platforms.ts";

const POLICY = "aws:iam/policy:Policy";
const OF_XYZ = /^execution-production\.eu-west-1\.xyz-gmbh-/;

let all: ReadonlyMap<string, readonly Plan[]>;

beforeAll(() => {
  all = plansOfAllEnvironments();
});

/** The stacks of one tenant and what they read from. */
function plans(): readonly Plan[] {
  return (all.get("production") ?? []).filter(({ stack }) => XYZ.startsWith(stack));
}

const found = (edit: Edit): readonly string[] => waysOf(verdictOf(proven, ...edited(plans(), edit)));

it("holds in every environment, of which each stack has a role", () => {
  for (const stacks of all.values()) {
    const verdict = verdictOf(proven, ...stacks);
    expect(waysOf(verdict)).toEqual([]);
    expect(verdict.enumerated.every(({ count }) => count > stacks.length)).toBe(true);
  }
});

describe("a deployment that would stop in the middle is found before it begins", () => {
  it.each([
    ["sqs:CreateQueue", "aws:sqs/queue:Queue"],
    ["lambda:UpdateFunctionCode", "aws:lambda/function:Function"],
    ["s3:PutReplicationConfiguration", "aws:s3/bucketReplicationConfig:BucketReplicationConfig"],
  ])("without %s", (action, type) => {
    const ways = found({ type: POLICY, name: OF_XYZ, change: withoutAction("policy", action) });
    expect(ways).toHaveLength(1);
    expect(ways[0]).toContain(
      `The role of ${XYZ} must be granted ${action}, and its boundary must allow it: the stack has ${type}.`,
    );
  });

  it("without a policy of the role, since its attachment is gone", () => {
    const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
    const ways = found({ type: ATTACHMENT, name: `execution-${XYZ}-1` });
    expect(ways.length).toBeGreaterThan(100);
  });

  it("without the role", () => {
    const ways = found({ type: "aws:iam/role:Role", name: `execution-${XYZ}` });
    expect(ways.length).toBeGreaterThan(300);
  });

  it("since the boundary allows nothing of a service", () => {
    const ways = found({ type: POLICY, name: "execution-boundary", change: withoutAction("policy", "acm:*") });
    expect(ways.every((it) => it.includes("must be granted acm:"))).toBe(true);
    expect(ways.length).toBeGreaterThan(5);
  });

  it("for a type of which nobody wrote down what it needs", () => {
    const [production, ...others] = plans();
    const queue = production!.resources.find((it) => it.type === "aws:ecr/repository:Repository")!;
    const other = { ...queue, type: "aws:kinesis/stream:Stream", name: "events", urn: `${queue.urn}x` };
    const ways = waysOf(verdictOf(proven, { ...production!, resources: [...production!.resources, other] }, ...others));
    expect(ways).toEqual([
      '"events" must be of a type of which it is written down what deploys it: aws:kinesis/stream:Stream.',
    ]);
  });

  it.each([
    ["a bucket", "aws:s3/bucket:Bucket", "bucket", "bucket", "files"],
    ["a role", "aws:iam/role:Role", "token-claims", "path", "/alicerce/"],
    ["an alias", "aws:kms/alias:Alias", "bff-key", "name", "alias/alicerce/xyz-gmbh"],
    ["a dashboard", "aws:cloudwatch/dashboard:Dashboard", "dashboard", "dashboardName", "xyz-gmbh"],
  ])("for %s by a name that is not the stack's own", (_, type, name, input, value) => {
    expect(found({ type, name, change: set([input], value) })).toContain(
      `"${name}" must have a name by which the role of ${XYZ} knows it as its own.`,
    );
  });

  it("where the provider does not tag what it makes", () => {
    const untagged = set(["defaultTags"], '{"tags":{"alicerce:environment":"production"}}');
    const ways = found({ type: "pulumi:providers:aws", name: "aws", change: untagged });
    expect(ways).toHaveLength(plans().length);
    expect(ways[0]).toContain('must tag all that it makes with alicerce:stack "production".');
  });
});
