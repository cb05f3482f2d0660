import { describe, expect, it } from "vitest";
import type { Plan, PlannedResource } from "../../../plan/model.ts";
import { judge } from "../../../policies/engine/judge.ts";
import { Platform } from "../../../policies/engine/platform.ts";
import { prove } from "../../../policies/engine/proof.ts";
import { StackIndex } from "../../../policies/engine/stack-index.ts";
import { PROOFS } from "../../../policies/proofs/proofs.ts";
import { RULES } from "../../../policies/rules.ts";
import { plans, XYZ } from "../../infra/plans.ts";
import { TODAY } from "../../support/rule-tester.ts";
import { type Described, planOf, policyOfText, urnOf } from "../programs.ts";

/** A stack of each layer. */
const STACKS = ["production", "production.eu-west-1", XYZ].map((it) => plans.get(it)!.plan);

/** Every resource with what `change` makes of it and of the next one; the last is followed by the first. */
function inARing(plan: Plan, change: (it: PlannedResource, next: string) => PlannedResource): Plan {
  const { resources } = plan;
  return { ...plan, resources: resources.map((it, i) => change(it, resources[(i + 1) % resources.length]!.urn)) };
}

/** What a rule, or a proof, failed at. */
function failures(all: readonly Plan[]): readonly string[] {
  const rules = all.flatMap((it) => judge(it, TODAY, RULES).rules.flatMap(({ violations }) => violations));
  const proofs = prove(new Platform(all, TODAY), PROOFS).flatMap(({ violations }) => violations);
  return [...rules, ...proofs].map(({ message }) => message).filter((it) => it.includes("failed with"));
}

describe("a state in which somebody has edited a ring is judged to its end:", () => {
  it.each<[string, (it: PlannedResource, next: string) => PlannedResource]>([
    ["each resource is inside the next", (it, next) => ({ ...it, parent: next })],
    ["each resource is inside itself", (it) => ({ ...it, parent: it.urn })],
    ["each resource depends on the next", (it, next) => ({ ...it, dependencies: [next] })],
    ["each resource is made by the next", (it, next) => ({ ...it, provider: next })],
    [
      "each input came from the next resource",
      (it, next) => ({
        ...it,
        propertyDependencies: Object.fromEntries(Object.keys(it.inputs).map((key) => [key, [next]])),
      }),
    ],
  ])("%s", (_, change) => {
    expect(failures(STACKS.map((it) => inARing(it, change)))).toEqual([]);
  });

  it("what names each other: roles, groups, queues, buckets and functions", () => {
    const pair = (type: string, of: (other: string) => Partial<Described>): readonly Described[] =>
      ["one", "two"].map((name) => ({ type, name, ...of(name === "one" ? "two" : "one") }));
    const arn = (service: string, name: string): string => `arn:aws:${service}:eu-west-1:111122223333:${name}`;
    const role = (name: string): string => `arn:aws:iam::111122223333:role/${name}`;
    const plan = planOf(
      ...pair("aws:iam/role:Role", (other) => ({
        inputs: {
          name: other === "one" ? "two" : "one",
          assumeRolePolicy: policyOfText({
            Effect: "Allow",
            Action: "sts:AssumeRole",
            Principal: { AWS: role(other) },
          }),
        },
        outputs: { arn: role(other === "one" ? "two" : "one") },
      })),
      ...pair("aws:iam/rolePolicy:RolePolicy", (other) => ({
        inputs: {
          role: other,
          policy: policyOfText({ Effect: "Allow", Action: "sts:AssumeRole", Resource: role("*") }),
        },
      })),
      ...pair("aws:ec2/securityGroup:SecurityGroup", (other) => ({
        inputs: { ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, securityGroups: [`sg-${other}`] }] },
        outputs: { id: `sg-${other === "one" ? "two" : "one"}` },
        propertyDependencies: { ingress: [urnOf("aws:ec2/securityGroup:SecurityGroup", other)] },
      })),
      ...pair("aws:sqs/queue:Queue", (other) => ({
        inputs: { redrivePolicy: JSON.stringify({ deadLetterTargetArn: arn("sqs", other), maxReceiveCount: 3 }) },
        outputs: { arn: arn("sqs", other === "one" ? "two" : "one") },
      })),
      ...pair("aws:s3/bucketReplicationConfig:BucketReplicationConfig", (other) => ({
        inputs: {
          bucket: other === "one" ? "two" : "one",
          rules: [{ status: "Enabled", destination: { bucket: `arn:aws:s3:::${other}` } }],
        },
      })),
      ...pair("aws:s3/bucket:Bucket", (other) => {
        const bucket = other === "one" ? "two" : "one";
        return { inputs: { bucket }, outputs: { bucket, arn: `arn:aws:s3:::${bucket}` } };
      }),
      ...pair("aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", (other) => ({
        inputs: { functionName: other, destinationConfig: { onFailure: { destination: arn("lambda", other) } } },
      })),
    );
    expect(failures([plan])).toEqual([]);
  });
});

it("ancestors are told once each, the nearest first", () => {
  const type = "alicerce:a:B";
  const plan = planOf(
    { type, name: "a", parent: urnOf(type, "b") },
    { type, name: "b", parent: urnOf(type, "c") },
    { type, name: "c", parent: urnOf(type, "b") },
    { type, name: "lost", parent: urnOf(type, "nowhere") },
  );
  const stack = new StackIndex(plan, TODAY);
  const ancestorsOf = (name: string): readonly string[] =>
    stack.ancestorsOf(stack.find(urnOf(type, name))!).map((it) => it.name);
  expect(ancestorsOf("a")).toEqual(["b", "c"]);
  expect(ancestorsOf("b")).toEqual(["c", "b"]);
  expect(ancestorsOf("lost")).toEqual([]);
  expect(stack.isInside(stack.find(urnOf(type, "a"))!, "alicerce:a:C")).toBe(false);
});
