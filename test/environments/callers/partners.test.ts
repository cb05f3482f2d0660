import { describe, expect, it } from "vitest";
import { faultsOf } from "../../../environments/faults.ts";
import { staging } from "../../../environments/staging.ts";

/** What is said of staging when its tenant has these partners. */
function found(partners: unknown, scenarios: readonly string[] = ["internal", "b2b"]): readonly string[] {
  const tenant = { ...staging.tenants["xyz-gmbh"], scenarios, partners };
  return faultsOf("staging", { staging: { ...staging, tenants: { "xyz-gmbh": tenant } } }).map(({ key }) => key);
}

const mill = { customerId: "cus-1", tier: "basic", scopes: ["orders:read"] };

describe("the partners of a tenant that have clients at the pool", () => {
  it.each([undefined, {}, { "paper-mill": mill }, { a1: { ...mill, scopes: ["orders:read", "agents:ask"] } }])(
    "may be %j",
    (partners) => {
      expect(found(partners)).toEqual([]);
    },
  );

  it.each<[string, object, string]>([
    ["a name in capitals", { Mill: mill }, "Mill"],
    ["a name that is too long for its resources", { ["a".repeat(25)]: mill }, "a".repeat(25)],
    ["no customer", { mill: { ...mill, customerId: undefined } }, "mill.customerId"],
    ["a tier that nobody knows", { mill: { ...mill, tier: "gold" } }, "mill.tier"],
    ["no scope", { mill: { ...mill, scopes: [] } }, "mill.scopes"],
    ["a scope of a gateway", { mill: { ...mill, scopes: ["mcp:read"] } }, "mill.scopes[0]"],
    ["a secret", { mill: { ...mill, clientSecret: "of the mill" } }, "mill.clientSecret"],
  ])("have not %s", (_, partners, key) => {
    expect(found(partners)).toEqual([`tenants.xyz-gmbh.partners.${key}`]);
  });

  it("are of tenants with partners alone", () => {
    expect(found({ mill }, ["internal"])).toEqual(["tenants.xyz-gmbh.partners"]);
  });
});
