/** The first IPv4 address of a range as a number, and how many there are. */
interface Range {
  readonly first: number;
  readonly count: number;
}

/** Whether every address of the IPv4 range `inner`, or the single address, is in the range `outer`; false for what is no IPv4 range. */
export function contains(outer: string, inner: string): boolean {
  const [all, some] = [rangeOf(outer), rangeOf(inner)];
  if (all === undefined || some === undefined) return false;
  return all.first <= some.first && some.first + some.count <= all.first + all.count;
}

/** The address at an offset of an IPv4 range, such as the tenth of `172.20.0.0/16`; `undefined` for what is no range. */
export function addressAt(cidr: string, offset: number): string | undefined {
  const range = rangeOf(cidr);
  if (range === undefined || offset >= range.count) return undefined;
  const number = range.first + offset;
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
}

function rangeOf(text: string): Range | undefined {
  const [, address = "", bits = "32"] = /^(\d{1,3}(?:\.\d{1,3}){3})(?:\/(\d{1,2}))?$/.exec(text) ?? [];
  const octets = address.split(".").map(Number);
  if (address === "" || Number(bits) > 32 || octets.some((it) => it > 255)) return undefined;
  const count = 2 ** (32 - Number(bits));
  const number = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  return { first: number - (number % count), count };
}
