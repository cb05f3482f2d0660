import { describe, expect, it } from "vitest";
import { addressesOf } from "../../../environments/address.ts";
import { residencies } from "../../../environments/residency.ts";
import { judgedWhole } from "./judged.ts";
import { SCENARIO_SETS, syntheticEnvironment } from "./synthetic-environment.ts";

const TEN_MINUTES = 600_000;

describe("environments that are none of ours", () => {
  // 200 tenants are judged by bench/tenants.bench.ts: planning them takes minutes.
  it.each([
    [1, "eks"],
    [1, "runtime"],
    [10, "eks"],
    [10, "runtime"],
    [50, "eks"],
  ] as const)(
    "hold every rule and proof with %i tenants whose agents run on %s",
    async (tenants, hosting) => {
      const { findings, judged, enumerated } = await judgedWhole(syntheticEnvironment(tenants, hosting));
      expect(findings).toEqual([]);
      expect(judged).toBeGreaterThan(1_000 + 1_000 * tenants);
      expect(enumerated.get("ordered pairs of tenants")).toBe(tenants * (tenants - 1));
    },
    TEN_MINUTES,
  );

  it("have tenants of each residency with each set of scenarios, and several in one region", () => {
    const all = syntheticEnvironment(50, "eks");
    const kinds = Object.values(all.tenants).map((one) => `${one.residency} ${one.scenarios.join(" ")}`);
    const wanted = residencies.flatMap((residency) => SCENARIO_SETS.map((set) => `${residency} ${set.join(" ")}`));
    expect(new Set(kinds)).toEqual(new Set(wanted));

    const regions = addressesOf(all).flatMap((address) =>
      address.split(".")[2] === undefined ? [] : [address.split(".")[1]],
    );
    expect(
      Math.min(...[...Map.groupBy(regions, (region) => region).values()].map((same) => same.length)),
    ).toBeGreaterThan(3);
  });
});
