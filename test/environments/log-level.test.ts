import { describe, expect, it } from "vitest";
import { recordIn } from "../../contracts/json.ts";
import { addressesOf } from "../../environments/address.ts";
import { faultsOf } from "../../environments/faults.ts";
import { staging } from "../../environments/staging.ts";
import type { PlannedResource } from "../../plan/model.ts";
import { planStacks } from "../../tools/offline-planner/plan.ts";

interface Pod {
  readonly template: { readonly spec: { readonly containers: readonly { readonly env: readonly Variable[] }[] } };
}

interface Variable {
  readonly name: string;
  readonly value: string;
}

const TOLD = [
  "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime",
  "aws:lambda/function:Function",
  "kubernetes:apps/v1:Deployment",
];

/** The level that each workload is told which has one, by its name. */
function levelsIn(resources: readonly PlannedResource[]): Readonly<Record<string, string>> {
  const levels = resources
    .filter(({ type }) => TOLD.includes(type))
    .map(({ name, inputs }) => {
      const pod = inputs["spec"] as Pod | undefined;
      const ofPod = (pod?.template.spec.containers ?? []).flatMap(({ env }) => env).map((it) => [it.name, it.value]);
      const ofFunction = recordIn(JSON.stringify(inputs["environment"] ?? {}))["variables"];
      const given = { ...Object.fromEntries(ofPod), ...(inputs["environmentVariables"] ?? ofFunction ?? {}) } as Record<
        string,
        string
      >;
      return [name, given["LOG_LEVEL"]] as const;
    });
  return Object.fromEntries(levels.filter((it): it is [string, string] => it[1] !== undefined));
}

describe("the level of logs of an environment", () => {
  it.each(["INFO", "WARN", "ERROR", undefined])("may be %s", (logLevel) => {
    expect(faultsOf("staging", { staging: { ...staging, logLevel } })).toEqual([]);
  });

  it.each(["DEBUG", "TRACE", "info", "", 30])("is not %s", (logLevel) => {
    expect(faultsOf("staging", { staging: { ...staging, logLevel } }).map(({ key }) => key)).toEqual(["logLevel"]);
  });

  it("is what interceptors, servers, agents and BFFs of every tenant are told", async () => {
    const levels = async (known: typeof staging) => {
      const plans = await planStacks(addressesOf(known), { preview: "known", known: { staging: known } });
      return levelsIn(plans.flatMap(({ plan }) => plan.resources));
    };
    const told = await levels({ ...staging, logLevel: "WARN" });
    expect(Object.keys(told)).toEqual(
      expect.arrayContaining(["agent-coordinator", "bff-b2b", "interceptor-b2b", "interceptor-internal"]),
    );
    expect(Object.keys(told).filter((it) => /database|files|api-integration|development/.test(it))).not.toEqual([]);
    expect(new Set(Object.values(told))).toEqual(new Set(["WARN"]));
    expect(new Set(Object.values(await levels(staging)))).toEqual(new Set(["INFO"]));
  });
});
