import * as pulumi from "@pulumi/pulumi";
import { expect, it } from "vitest";
import { environments } from "../../../environments/index.ts";
import type { Environment } from "../../../environments/schema.ts";
import { program } from "../../../infra/program.ts";
import { OfflinePlanner } from "../../../tools/offline-planner/plan.ts";

const { development, production } = environments;

/** What the stacks of an environment and of its regions protect, and what they ask for. */
async function planned(environment: Environment, regions: readonly string[]) {
  const planner = await OfflinePlanner.open();
  const guarded = new Set<string>();
  const stacks = [environment.name, ...regions.map((it) => `${environment.name}.${it}`)];
  const plans = [];
  for (const stack of stacks) {
    const watched = () => {
      pulumi.runtime.registerStackTransformation(({ type, name, opts }) => {
        if (opts.protect === true) guarded.add(`${stack} ${type} ${name}`);
        return undefined;
      });
      return program({ [environment.name]: environment });
    };
    plans.push((await planner.plan(stack, watched, "known")).plan);
  }
  return { guarded: [...guarded].sort(), resources: plans.flatMap((it) => it.resources) };
}

it("the last tenant with developers can go, and nothing that is protected goes with it", async () => {
  const before = await planned(development!, ["us-east-1"]);
  const { guarded, resources } = await planned({ ...development!, tenants: {} }, ["us-east-1"]);
  expect(before.guarded).toContain("development.us-east-1 aws:secretsmanager/secret:Secret realm-keeper");
  expect(guarded).toEqual(before.guarded);
  const keeper = resources.find((it) => it.type === "aws:lambda/function:Function" && it.name === "realm-keeper");
  const { variables } = keeper?.inputs["environment"] as { variables: object };
  expect(Object.keys(variables).sort()).toEqual(["ADMIN_URL", "CLIENT_SECRET"]);
});

it("a region can go, and nothing of the environment that is protected goes with it", async () => {
  const [first] = Object.entries(production!.regions);
  const before = await planned(production!, []);
  const after = await planned({ ...production!, regions: Object.fromEntries([first!]), tenants: {} }, []);
  expect(before.guarded.length).toBeGreaterThan(0);
  expect(after.guarded).toEqual(before.guarded);
});
