import { beforeAll, describe, expect, it } from "vitest";
import { addressesOf } from "../../../environments/address.ts";
import { environments } from "../../../environments/index.ts";
import { UNKNOWN } from "../../../plan/model.ts";
import { planStacks, type StackPlan } from "../../../tools/offline-planner/plan.ts";
import { holdsUnknown } from "../../../sandbox/control-plane/wire.ts";

const ADDRESSES = Object.values(environments).flatMap(addressesOf);

/** What the engine serves itself, and what only its package's own plugin constructs. */
const WITHOUT_PROVIDER_OF_ITS_OWN = new Set(["pulumi:pulumi:StackReference", "eks:index:Cluster"]);

describe("the stacks of all environments", () => {
  let known: readonly StackPlan[];
  let realistic: readonly StackPlan[];
  const shown: string[] = [];

  beforeAll(async () => {
    known = await planStacks(ADDRESSES, { preview: "known", onStack: (it) => shown.push(it.address) });
    realistic = await planStacks(ADDRESSES, { preview: "realistic" });
  });

  it("are planned in the order asked for, and shown one by one", () => {
    expect(known.map((it) => it.address)).toEqual(ADDRESSES);
    expect(realistic.map((it) => it.address)).toEqual(ADDRESSES);
    expect(shown).toEqual(ADDRESSES);
  });

  it("are planned without a warning", () => {
    expect([...known, ...realistic].flatMap((it) => it.warnings)).toEqual([]);
  });

  it("have a provider of its own for every resource", () => {
    for (const { address, plan } of known) {
      const providers = new Set(
        plan.resources.flatMap((it) => (it.type.startsWith("pulumi:providers:") ? it.urn : [])),
      );
      const served = plan.resources.filter(
        (it) => it.custom && !it.type.startsWith("pulumi:providers:") && !WITHOUT_PROVIDER_OF_ITS_OWN.has(it.type),
      );
      expect(served.length, address).toBeGreaterThan(5);
      for (const it of served) expect(providers, it.urn).toContain(it.provider);
      expect([...providers].filter((it) => it.includes("::default"))).toEqual([]);
    }
  });

  it("know every input in the known preview", () => {
    const unknown = known.flatMap(({ plan }) => plan.resources.filter((it) => holdsUnknown(it.inputs)));
    expect(unknown.map((it) => it.urn)).toEqual([]);
  });

  it("have the same resources in both previews, and the same inputs wherever these are known", () => {
    for (const [i, { plan, address }] of realistic.entries()) {
      const wanted = known[i]?.plan.resources ?? [];
      expect(plan.resources.map((it) => it.urn).sort(), address).toEqual(wanted.map((it) => it.urn).sort());
      expect(
        plan.resources.some((it) => holdsUnknown(it.inputs)),
        address,
      ).toBe(true);
      for (const it of plan.resources) {
        const inputs = wanted.find(({ urn }) => urn === it.urn)?.inputs ?? {};
        for (const [key, value] of Object.entries(inputs)) {
          if (!holdsUnknown(it.inputs[key])) expect(it.inputs[key], `${it.urn} ${key}`).toEqual(value);
        }
      }
    }
  });

  it("are planned alike a second time, whatever was planned before", async () => {
    const address = "staging.eu-west-1";
    const [again] = await planStacks([address], { preview: "known" });
    expect(again?.plan).toEqual(known.find((it) => it.address === address)?.plan);
  });
});

describe("planning refuses an address", () => {
  it.each([
    ["nowhere", 'unknown environment "nowhere" in "nowhere"; valid: development, production, staging'],
    ["staging.mars", 'unknown region "mars" in "staging.mars"; valid: eu-west-1'],
    ["staging.mars.xyz", 'unknown region "mars" in "staging.mars.xyz"; valid: eu-west-1'],
    ["staging.eu-west-1.nobody", /^unknown tenant "nobody" in "staging.eu-west-1.nobody"; valid: /],
  ])("%s, before anything is planned", async (address, message) => {
    const shown: string[] = [];
    const planned = planStacks(["staging", address], { preview: "known", onStack: (it) => shown.push(it.address) });
    await expect(planned).rejects.toThrow(message);
    await expect(planned).rejects.toMatchObject({ code: "ERR_ADDRESS" });
    expect(shown).toEqual([]);
  });

  it("but plans what it reads from first, without showing it", async () => {
    const shown: string[] = [];
    const plans = await planStacks(["development.us-east-1"], {
      preview: "realistic",
      onStack: (it) => shown.push(it.address),
    });
    expect(shown).toEqual(["development.us-east-1"]);
    expect(plans.map((it) => it.address)).toEqual(["development.us-east-1"]);
    expect(Object.values(plans[0]?.outputs ?? {})).not.toContain(UNKNOWN);
  });
});
