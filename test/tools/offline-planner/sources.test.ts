import { readFileSync } from "node:fs";
import path from "node:path";
import * as aws from "@pulumi/aws";
import { beforeAll, describe, expect, it } from "vitest";
import { parsePlan, stringifyPlan } from "../../../plan/loaders/plan-json.ts";
import type { Plan } from "../../../plan/model.ts";
import { judge } from "../../../policies/engine/judge.ts";
import { PROJECT } from "../../../tools/engine/folders.ts";
import { planProgram, planStacks } from "../../../tools/offline-planner/plan.ts";
import { TODAY } from "../../support/rule-tester.ts";
import { served, STACK } from "./programs.ts";

let region: Plan;

beforeAll(async () => {
  region = (await planStacks(["development.us-east-1"], { preview: "known" }))[0]!.plan;
});

describe("where a resource was registered", () => {
  it("is the line of the component that makes it", () => {
    expect(lineOf("aws:ec2/vpc:Vpc")).toEqual([
      "components/network/vpc.ts",
      expect.stringContaining("new aws.ec2.Vpc("),
    ]);
    expect(lineOf("alicerce:network:Vpc")).toEqual(["infra/region/network.ts", expect.stringContaining("new Vpc(")]);
  });

  it("is, for the parts of a component from a package, the line that makes the component", () => {
    const cluster = ["components/compute/eks-cluster.ts", expect.stringContaining("new eks.Cluster(")];
    expect(lineOf("eks:index:Cluster")).toEqual(cluster);
    expect(lineOf("aws:eks/cluster:Cluster")).toEqual(cluster);
  });

  it("is known of everything but the stack itself", () => {
    const without = region.resources.filter((it) => it.source === undefined).map((it) => it.type);
    expect(new Set(without)).toEqual(new Set(["pulumi:pulumi:Stack", "pulumi:pulumi:StackReference"]));
  });

  it("comes back from a plan as JSON, and is in every finding", async () => {
    const { plan } = await planProgram(() => ({ id: new aws.kms.Key("open", {}, served()).id }), { stack: STACK });
    const [found] = judge(parsePlan(stringifyPlan(plan)), TODAY).rules.flatMap((it) => it.violations);
    const line =
      readFileSync(import.meta.filename, "utf8")
        .split("\n")
        .findIndex((it) => it.includes("aws.kms.Key(")) + 1;
    expect(found?.source).toEqual({ file: "test/tools/offline-planner/sources.test.ts", line });
  });
});

function lineOf(type: string): readonly unknown[] {
  const source = region.resources.find((it) => it.type === type)?.source;
  const lines = readFileSync(path.join(PROJECT, source?.file ?? ""), "utf8").split("\n");
  return [source?.file, lines[(source?.line ?? 0) - 1]];
}
