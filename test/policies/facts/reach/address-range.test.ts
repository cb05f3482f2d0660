import { describe, expect, it } from "vitest";
import { addressAt, contains } from "../../../../policies/facts/reach/address-range.ts";

describe("ranges of addresses", () => {
  it.each([
    ["10.0.0.0/8", "10.2.0.0/16", true],
    ["10.2.0.0/16", "10.0.0.0/8", false],
    ["0.0.0.0/0", "203.0.113.7", true],
    ["172.20.0.10/32", "172.20.0.10", true],
    ["172.20.0.10/32", "172.20.0.11", false],
    ["10.0.0.0/8", "unknown", false],
    ["::/0", "10.0.0.1", false],
    ["10.0.0.0/33", "10.0.0.1", false],
    ["10.0.0.256/32", "10.0.0.256", false],
  ])("%s contains %s: %s", (outer, inner, expected) => {
    expect(contains(outer, inner)).toBe(expected);
  });

  it("have a tenth address", () => {
    expect(addressAt("172.20.0.0/16", 10)).toBe("172.20.0.10");
    expect(addressAt("172.20.0.255/32", 10)).toBeUndefined();
    expect(addressAt("nothing", 10)).toBeUndefined();
  });
});
