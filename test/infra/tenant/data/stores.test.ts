import { describe, expect, it } from "vitest";
import { directoryEntrySchema } from "../../../../contracts/directory-entry.ts";
import { addressesOf } from "../../../../environments/address.ts";
import { staging } from "../../../../environments/staging.ts";
import type { PlannedResource } from "../../../../plan/model.ts";
import { planStacks } from "../../../../tools/offline-planner/plan.ts";
import { resourcesOf } from "../../plans.ts";

const STAGED = "staging.eu-west-1.xyz-gmbh";

function entryIn(resources: readonly PlannedResource[]): unknown {
  const item = resources.find((it) => it.type === "aws:dynamodb/tableItem:TableItem")?.inputs["item"];
  const { key, entry } = JSON.parse(String(item)) as Record<"key" | "entry", { readonly S: string }>;
  return { key: key.S, ...directoryEntrySchema.parse(JSON.parse(entry.S)) };
}

describe("a tenant's stores", () => {
  it("keep the tenant's entry of the directory where its interceptors look for it", () => {
    expect(entryIn(resourcesOf("production.eu-west-1.xyz-gmbh"))).toMatchObject({
      key: "directory",
      tenantId: "xyz-gmbh",
      status: "active",
      isGdpr: true,
    });
    expect(entryIn(resourcesOf("production.us-east-1.acme-corp"))).toMatchObject({
      tenantId: "acme-corp",
      isGdpr: false,
    });
  });

  it("say how much the callers of each scenario may call, as the tenant chose", async () => {
    expect(entryIn(resourcesOf(STAGED))).toMatchObject({
      tiers: {
        internal: { perHour: 10_000, rate: { perMinute: 1_000, burst: 100 } },
        b2c: { perHour: 10_000, perDay: 50_000 },
        b2b: { perHour: 10_000, perDay: 100_000 },
      },
    });
    const tenants = { "xyz-gmbh": { ...staging.tenants["xyz-gmbh"]!, tiers: { b2c: "developer" as const } } };
    const plans = await planStacks(addressesOf(staging), {
      preview: "known",
      known: { staging: { ...staging, tenants } },
    });
    const { tiers } = directoryEntrySchema.parse(entryIn(plans.find((it) => it.address === STAGED)!.plan.resources));
    expect(tiers.b2c).toEqual(tiers.internal);
    expect(tiers.b2b?.rate).toBeUndefined();
  });

  it("of a tenant that is suspended say so, and hold what they held", async () => {
    const tenants = { "xyz-gmbh": { ...staging.tenants["xyz-gmbh"]!, status: "suspended" as const } };
    const plans = await planStacks(addressesOf(staging), {
      preview: "known",
      known: { staging: { ...staging, tenants } },
    });
    const { resources } = plans.find((it) => it.address === STAGED)!.plan;
    expect(entryIn(resources)).toMatchObject({ tenantId: "xyz-gmbh", status: "suspended" });
    expect(resources.map((it) => it.urn).toSorted()).toEqual(
      resourcesOf(STAGED)
        .map((it) => it.urn)
        .toSorted(),
    );
  });
});
