import ipaddr from "ipaddr.js";

/** A range of addresses, as CIDR has it. */
export type Network = ReturnType<typeof ipaddr.parseCIDR>;

type Address = Network[0];

/** Never, whatever is opened: instance metadata, task credentials and everybody at once. */
const NEVER: readonly Network[] = [
  "0.0.0.0/8",
  "169.254.0.0/16",
  "224.0.0.0/4",
  "255.255.255.255/32",
  "::/128",
  "fe80::/10",
  "fd00:ec2::/32",
  "ff00::/8",
].map((it) => ipaddr.parseCIDR(it));

/** Other IPv6 is unassigned, or carries an IPv4 address inside. */
const GLOBAL_IPV6 = ipaddr.parseCIDR("2000::/3");

/** Reads ranges in CIDR notation; a text that is none throws. */
export function networksOf(ranges: readonly string[]): readonly Network[] {
  return ranges.map((it) => ipaddr.parseCIDR(it));
}

/** Whether an IP address may be connected to: it is public, or in a range that was opened. */
export function isAllowedAddress(text: string, opened: readonly Network[]): boolean {
  if (text.includes("%") || !ipaddr.isValid(text)) return false;
  const address = unmapped(ipaddr.parse(text));
  if (NEVER.some((it) => isIn(address, it))) return false;
  return isPublic(address) || opened.some((it) => isIn(address, it));
}

function isPublic(address: Address): boolean {
  return address.range() === "unicast" && (address.kind() === "ipv4" || isIn(address, GLOBAL_IPV6));
}

/** A socket may reach an IPv4 address by its form for IPv6. */
function unmapped(address: Address): Address {
  return address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

function isIn(address: Address, network: Network): boolean {
  return address.kind() === network[0].kind() && address.match(network);
}
