import { beforeAll, describe, expect, it } from "vitest";
import { type Catalogue, ensureCatalogue } from "../../../sandbox/control-plane/catalogue/catalogue.ts";
import { Cloud } from "../../../sandbox/control-plane/cloud/cloud.ts";
import { drift } from "../../../sandbox/control-plane/drift.ts";
import { NO_FAULTS } from "../../../sandbox/control-plane/faults.ts";
import { MemoryStore } from "../../../sandbox/control-plane/store/memory-store.ts";

const CALLER = { account: "111122223333", region: "eu-west-1", defaultTags: {} };
const ZONE = { urn: "urn:pulumi:dev::alicerce::aws:route53/zone:Zone::z", type: "aws:route53/zone:Zone" };
let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await ensureCatalogue();
});

describe("drift", () => {
  it("changes what is read, so that an update can repair it", () => {
    const store = new MemoryStore();
    const cloud = new Cloud({ catalogue, store, faults: NO_FAULTS });
    const inputs = { name: "example.com", comment: "ours", forceDestroy: false };
    const made = cloud.create(CALLER, ZONE, inputs);
    drift(store, ZONE.urn, { comment: "changed by hand", forceDestroy: undefined });
    const found = cloud.read(CALLER, ZONE, made.id, inputs);
    expect(found?.inputs).toEqual({ name: "example.com", comment: "changed by hand" });
    expect(found?.outputs).toEqual({ ...made.outputs, comment: "changed by hand", forceDestroy: undefined });
    expect(cloud.diff(CALLER, ZONE, found?.inputs ?? {}, inputs).changed).toEqual({
      comment: "update",
      forceDestroy: "add",
    });
    expect(cloud.update(CALLER, ZONE, made.id, inputs)).toEqual(made);
    expect(cloud.read(CALLER, ZONE, made.id, inputs)?.inputs).toEqual(inputs);
  });

  it("of what does not exist is refused", () => {
    expect(() => drift(new MemoryStore(), "urn:nothing", {})).toThrow(
      'no resource "urn:nothing" exists in the sandbox',
    );
  });
});
