import { describe, expect, it } from "vitest";
import { zonesHideNoNames } from "../../../../policies/premise-3-private-network/internal-apis/zones-hide-no-names.ts";
import { type Inputs, set } from "../../proofs/edits.ts";
import { STOCK } from "../../synthetic/internal-apis-environment.ts";
import { inputsOf, NAME, RECORD, REGION, said, ZONE } from "./internal-apis-plans.ts";

describe(zonesHideNoNames.name, () => {
  const ADDRESSES = `"${NAME}" must lead to the addresses of the internal API "inventory" of "first" alone, in a private zone of its stack.`;

  it.each([
    ["one of the API's addresses", { type: RECORD, name: NAME, change: set(["records"], ["10.200.8.11"]) }],
    ["a name in capitals, with a dot", { type: ZONE, name: NAME, change: set(["name"], "STOCK.first.example.") }],
  ])("accepts %s", (_, edit) => {
    expect(said(REGION, edit, zonesHideNoNames)).toEqual([]);
  });

  describe("refuses", () => {
    it.each([
      "amazonaws.com",
      "sts.eu-west-1.amazonaws.com",
      "internal.example.org",
      "identity.eu-west-1.internal.example.org",
      "first.example",
      "example",
      "hooks.partner.example.com",
    ])("a private zone of %s", (name) => {
      const found = said(REGION, { type: ZONE, name: NAME, change: set(["name"], name) }, zonesHideNoNames);
      expect(found).toContain(
        `"${NAME}" must be the zone of the environment's domain, or a private one of Keycloak's administration or of an internal API.`,
      );
    });

    it.each([
      ["another private address", set(["records"], ["10.200.8.10", "10.32.64.7"])],
      ["another tenant's address", set(["records"], ["172.16.2.9"])],
      ["the public", set(["records"], ["203.0.113.7"])],
      ["another name", (it: Inputs) => Object.assign(it, { type: "CNAME", records: ["10.200.8.10"] })],
      ["nothing", set(["records"], [])],
    ])("a record that leads to %s", (_, change) => {
      expect(said(REGION, { type: RECORD, name: NAME, change }, zonesHideNoNames)).toEqual([ADDRESSES]);
    });

    it("the API's name in the zone of the domain, and another name in the API's zone", () => {
      const elsewhere = set(["zoneId"], inputsOf(REGION, RECORD, "identity")["zoneId"]);
      expect(said(REGION, { type: RECORD, name: NAME, change: elsewhere }, zonesHideNoNames)).toEqual([ADDRESSES]);
      const inside = said(
        REGION,
        { type: RECORD, name: NAME, change: set(["name"], "a.first.example") },
        zonesHideNoNames,
      );
      expect(inside).toEqual([`"${NAME}" must have the name of its private zone.`]);
      const below = set(["name"], `a.${STOCK.host}`);
      expect(said(REGION, { type: RECORD, name: NAME, change: below }, zonesHideNoNames)).toContain(ADDRESSES);
    });
  });
});
