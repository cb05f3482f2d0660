import { describe, expect, it } from "vitest";
import { faultsOf } from "../../environments/faults.ts";
import { staging } from "../../environments/staging.ts";

/** What is said of staging when this is said of its tenant, too. */
function found(said: object): readonly string[] {
  const tenant = { ...staging.tenants["xyz-gmbh"], ...said };
  return faultsOf("staging", { staging: { ...staging, tenants: { "xyz-gmbh": tenant } } }).map(({ key }) => key);
}

describe("the cost centre of a tenant", () => {
  it.each([undefined, "CC-4711", "4711", "a", "retail/emea:1200", "x".repeat(64)])("may be %j", (costCenter) => {
    expect(found({ costCenter })).toEqual([]);
  });

  it.each(["", " ", "-1", "CC 4711", "Zürich", "a;b", "x".repeat(65), 4711])("is not %j", (costCenter) => {
    expect(found({ costCenter })).toEqual(["tenants.xyz-gmbh.costCenter"]);
  });
});

describe("a tenant", () => {
  it.each([undefined, "active", "suspended"])("may be %j", (status) => {
    expect(found({ status })).toEqual([]);
  });

  it.each(["", "Suspended", "deleted", true])("is never %j", (status) => {
    expect(found({ status })).toEqual(["tenants.xyz-gmbh.status"]);
  });
});
