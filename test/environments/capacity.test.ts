import { describe, expect, it } from "vitest";
import { agentScale, agentSize } from "../../environments/capacity/agent-sizes.ts";
import { encryptsInTransit, instanceSize, roomOn } from "../../environments/capacity/instance-types.ts";
import { limitsOf, nodePools } from "../../environments/capacity/node-pools.ts";
import { production } from "../../environments/production.ts";

const REGION = production.regions["us-east-1"]!;

describe("the size of an instance type", () => {
  it.each([
    ["m6i.large", 2, 8],
    ["m6i.xlarge", 4, 16],
    ["c6i.2xlarge", 8, 16],
    ["c6i.4xlarge", 16, 32],
    ["m7g.medium", 1, 4],
    ["r7i.12xlarge", 48, 384],
  ])("%s", (type, cpus, memoryGib) => {
    expect(instanceSize(type)).toEqual({ cpus, memoryGib });
  });

  it.each(["m6i.medium", "m6i.metal", "x6i.large", "large", "c6i.3xlarge"])("is not known of %s", (type) => {
    expect(instanceSize(type)).toBeUndefined();
  });

  it("is not all for pods", () => {
    const { cpus, memoryGib } = roomOn({ cpus: 2, memoryGib: 8 });
    expect(cpus).toBeLessThan(1.93);
    expect(memoryGib).toBeLessThan(7.1);
    expect(memoryGib).toBeGreaterThan(6);
  });
});

describe("what instances send each other", () => {
  it.each(["m6i.large", "c6i.4xlarge", "c6gn.large", "m5zn.large", "r5dn.large", "m7g.medium", "c8i.xlarge"])(
    "is encrypted from %s",
    (type) => {
      expect(encryptsInTransit(type)).toBe(true);
    },
  );

  it.each(["m5.large", "c5a.large", "m6g.large", "c6gd.large", "r6g.large", "t3.large", "large"])(
    "is not, or not known to be, from %s",
    (type) => {
      expect(encryptsInTransit(type)).toBe(false);
    },
  );

  it("is encrypted from all that pools are made of", () => {
    const types = Object.values(nodePools(REGION)).flatMap((it) => it.instanceTypes);
    expect(types.filter((it) => !encryptsInTransit(it))).toEqual([]);
  });
});

it("bounds pools by the largest of their types, as many as the region allows", () => {
  expect(nodePools(REGION).general.limits).toEqual({ cpus: 40, memoryGib: 160 });
  expect(nodePools(REGION).compute.limits).toEqual({ cpus: 320, memoryGib: 640 });
  expect(nodePools({ ...REGION, mostNodes: { general: 2, compute: 1 } }).compute.limits.cpus).toBe(16);
  expect(limitsOf(["m6i.large", "x9.unheard"], 3)).toEqual({ cpus: 6, memoryGib: 24 });
});

describe("the scale of an agent", () => {
  const scaleOf = (agent: string) => agentScale(agentSize(agent), REGION);

  it("is its own where the specification gives one, else the region's", () => {
    expect(scaleOf("product-recommendation")).toEqual({ min: 2, max: 50, targetCpuPercent: 70 });
    expect(scaleOf("customer-support")).toMatchObject({ min: 2, max: 10 });
    expect(scaleOf("data-transformer")).toMatchObject({ min: 2, max: 5 });
    expect(scaleOf("an agent of tomorrow")).toEqual({ min: 2, max: 20, targetCpuPercent: 70 });
  });

  it("is set by hand for the integration processor, of 2 CPUs and 4 GiB", () => {
    expect(scaleOf("integration-processor")).toEqual({ min: 2, max: 2, targetCpuPercent: undefined });
    expect(agentSize("integration-processor").resources.requests).toMatchObject({ cpu: "2", memory: "4Gi" });
  });

  it("has two pods at least where 99.9 % is promised, also where the region would have one", () => {
    const small = { ...REGION, agents: { min: 1, max: 1, targetCpuPercent: 70 } };
    expect(agentScale(agentSize("coordinator"), small)).toMatchObject({ min: 2, max: 2 });
  });

  it("is not taken from what every object has", () => {
    expect(agentSize("constructor")).toEqual(agentSize("an agent of tomorrow"));
  });
});
