import { describe, expect, it } from "vitest";
import { addressAt, contains, isCanonicalRange, overlaps } from "../../../contracts/network/address-range.ts";
import { PRIVATE_RANGES, PUBLIC_RANGES } from "../../../contracts/network/public-ranges.ts";

const sizeOf = (range: string): number => 2 ** (32 - Number(range.split("/")[1]));

describe("the public ranges", () => {
  it("are all addresses before 224.0.0.0 that are not private, each once, and leave room for others in a security group", () => {
    const all = [...PUBLIC_RANGES, ...PRIVATE_RANGES];
    expect(all.filter((it) => all.some((other) => other !== it && overlaps(other, it)))).toEqual([]);
    expect(all.filter((it) => !isCanonicalRange(it) || overlaps(it, "224.0.0.0/3"))).toEqual([]);
    expect(all.reduce((sum, it) => sum + sizeOf(it), 0)).toBe(sizeOf("0.0.0.0/0") - sizeOf("224.0.0.0/3"));
    expect(PUBLIC_RANGES.length).toBeLessThanOrEqual(30);
  });
});

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

  it.each([
    ["10.0.0.0/8", "10.2.0.0/16", true],
    ["10.2.0.0/16", "10.0.0.0/8", true],
    ["10.2.0.255", "10.2.0.0/24", true],
    ["10.2.0.0/24", "10.2.1.0/24", false],
    ["10.2.0.0/24", "unknown", false],
    ["::/0", "10.0.0.1", false],
  ])("%s overlaps %s: %s", (one, other, expected) => {
    expect(overlaps(one, other)).toBe(expected);
  });

  it.each([
    ["10.2.0.0/16", true],
    ["10.2.0.7/32", true],
    ["10.2.0.7/16", false],
    ["10.2.0.0", false],
    ["010.2.0.0/16", false],
    ["10.2.0.0/016", false],
    ["10.2.0.0/33", false],
    ["10.2.0/24", false],
    ["10.2.0.0/16/16", false],
    ["10.256.0.0/16", false],
    ["fd00::/64", false],
  ])("%s is written as a range: %s", (text, expected) => {
    expect(isCanonicalRange(text)).toBe(expected);
  });

  it("have a tenth address", () => {
    expect(addressAt("172.20.0.0/16", 10)).toBe("172.20.0.10");
    expect(addressAt("172.20.0.255/32", 10)).toBeUndefined();
    expect(addressAt("nothing", 10)).toBeUndefined();
  });
});
