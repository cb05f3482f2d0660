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

/** Whether two IPv4 ranges, or single addresses, have an address in common; false for what is no IPv4 range. */
export function overlaps(one: string, other: string): boolean {
  const [a, b] = [rangeOf(one), rangeOf(other)];
  if (a === undefined || b === undefined) return false;
  return a.first < b.first + b.count && b.first < a.first + a.count;
}

/** Whether a text is an IPv4 range that is written by its first address, such as `10.2.0.0/16` and not `10.2.0.7/16`. */
export function isCanonicalRange(text: string): boolean {
  const [address = "", bits = "", ...rest] = text.split("/");
  const isWritten = rest.length === 0 && /^(?:0|[1-9]\d?)$/.test(bits) && address.split(".").every(isOctet);
  return isWritten && rangeOf(text) !== undefined && addressAt(text, 0) === address;
}

/** No number with a zero in front, which some read as octal. */
function isOctet(text: string): boolean {
  return /^(?:0|[1-9]\d{0,2})$/.test(text);
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
