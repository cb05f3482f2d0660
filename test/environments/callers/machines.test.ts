import { describe, expect, it } from "vitest";
import { faultsOf } from "../../../environments/faults.ts";
import { staging } from "../../../environments/staging.ts";

/** What is said of staging when these machines are registered for its tenant. */
function found(machines: unknown): readonly string[] {
  const tenant = { ...staging.tenants["xyz-gmbh"], scenarios: ["internal", "b2b"], machines };
  return faultsOf("staging", { staging: { ...staging, tenants: { "xyz-gmbh": tenant } } }).map(({ key }) => key);
}

const batch = { use: "batch", scenario: "b2b" };

describe("the machines of a tenant", () => {
  it.each([undefined, {}, { "warehouse-batch": batch }, { erp: { use: "legacy", scenario: "b2b" }, watch2: batch }])(
    "may be %j",
    (machines) => {
      expect(found(machines)).toEqual([]);
    },
  );

  it.each<[string, object, string]>([
    ["a name with blanks", { "the warehouse": batch }, ""],
    ["a name in capitals", { Warehouse: batch }, ""],
    ["a name that is too long for its resources", { ["a".repeat(25)]: batch }, ""],
    ["a use that nobody knows", { erp: { ...batch, use: "agent" } }, ".use"],
    ["a gateway that the tenant does not have", { erp: { ...batch, scenario: "b2c" } }, ".scenario"],
    [
      "the gateway of developers, whose realm issues its tokens",
      { erp: { ...batch, scenario: "internal" } },
      ".scenario",
    ],
    ["scopes of its own choice", { erp: { ...batch, scopes: ["gateway:admin"] } }, ".scopes"],
  ])("have not %s", (_what, machines, member) => {
    const [name = ""] = Object.keys(machines);
    const [key, ...others] = found(machines);
    expect(others).toEqual([]);
    expect(key?.endsWith(member)).toBe(true);
    expect(key).toContain(name);
  });
});
