import { expect, it } from "vitest";
import { faultsOf } from "../../environments/faults.ts";
import { staging } from "../../environments/staging.ts";

/** What is said of staging when its tenant belongs to this organisation. */
function found(organization: unknown): readonly string[] {
  const tenant = { ...staging.tenants["xyz-gmbh"], organization };
  return faultsOf("staging", { staging: { ...staging, tenants: { "xyz-gmbh": tenant } } }).map(({ key }) => key);
}

it.each([undefined, "org-finance-division", "org-x", "org-2"])("a tenant may belong to %j", (organization) => {
  expect(found(organization)).toEqual([]);
});

it.each([
  "",
  "finance",
  "org-",
  "Org-Finance",
  "org-finance-",
  "org-ana@example.com",
  "org-a b",
  `org-${"a".repeat(90)}`,
  7,
])("and not to %j", (organization) => {
  expect(found(organization)).toEqual(["tenants.xyz-gmbh.organization"]);
});
