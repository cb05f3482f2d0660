import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressesOf, parentAddressOf, parseAddress } from "../../environments/address.ts";
import { environments } from "../../environments/index.ts";

const ALL = Object.values(environments).flatMap(addressesOf);

describe("an address", () => {
  it.each(ALL)("is read back as what it names: %s", (address) => {
    const it = parseAddress(address);
    const parts = [
      it.environment.name,
      ...("region" in it ? [it.region] : []),
      ...("tenant" in it ? [it.tenant.id] : []),
    ];
    expect(parts.join(".")).toBe(address);
    expect(it.layer).toBe(["environment", "region", "tenant"][parts.length - 1]);
  });

  it("comes after the address whose outputs it reads", () => {
    for (const [i, address] of ALL.entries()) {
      const parent = parentAddressOf(address);
      if (parent !== undefined) expect(ALL.indexOf(parent)).toBeLessThan(i);
    }
  });

  it.each([
    ["prod", 'unknown environment "prod" in "prod"; valid: development, production, staging'],
    ["", 'unknown environment "" in ""; valid: development, production, staging'],
    ["staging.us-east-1", 'unknown region "us-east-1" in "staging.us-east-1"; valid: eu-west-1'],
    [
      "production.eu-west-1.acme-corp",
      'unknown tenant "acme-corp" in "production.eu-west-1.acme-corp"; valid: norda-ab, xyz-gmbh',
    ],
    [
      "production.eu-west-1.xyz-gmbh.x",
      'unknown tenant "xyz-gmbh.x" in "production.eu-west-1.xyz-gmbh.x"; valid: norda-ab, xyz-gmbh',
    ],
    ["production.", /^unknown region "" in "production\."; valid: us-east-1, /],
    ["constructor", /^unknown environment "constructor"/],
    ["production.__proto__", /^unknown region "__proto__"/],
    ["production.eu-west-1.toString", /^unknown tenant "toString"/],
  ])("that is none is refused with the valid ones: %j", (address, message) => {
    expect(() => parseAddress(address)).toThrow(message);
    expect(() => parseAddress(address)).toThrow(expect.objectContaining({ code: "ERR_ADDRESS" }));
  });

  it("is one of the known ones or refused, whatever is given", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        if (!ALL.includes(text))
          expect(() => parseAddress(text)).toThrow(expect.objectContaining({ code: "ERR_ADDRESS" }));
      }),
    );
  });
});
