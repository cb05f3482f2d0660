import ipaddr from "ipaddr.js";
import { PRIVATE_RANGES } from "../../../contracts/network/public-ranges.ts";

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

const PRIVATE: readonly Network[] = PRIVATE_RANGES.map((it) => ipaddr.parseCIDR(it));

const LEAST_BITS = 20;

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

/** Whether an IP address is in one of these ranges, and not one that is never connected to; what is public is none of them by that. */
export function isAddressIn(text: string, networks: readonly Network[]): boolean {
  return isAllowedAddress(text, networks) && networks.some((it) => isIn(unmapped(ipaddr.parse(text)), it));
}

/** Whether a range in CIDR notation is within private addresses of IPv4 (RFC 1918), and has 4,096 addresses at most. */
export function isNarrowPrivateRange(text: string): boolean {
  const [address, bits] = ipaddr.parseCIDR(text);
  const isPrivate = PRIVATE.some(([network, least]) => least <= bits && isIn(address, [network, least]));
  return isPrivate && bits >= LEAST_BITS;
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
