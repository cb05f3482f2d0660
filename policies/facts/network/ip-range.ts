import { BlockList, isIP } from "node:net";

/** Addresses that are not routed on the internet: RFC 1918, RFC 6598 and RFC 4193. */
const PRIVATE: readonly (readonly [network: string, prefix: number, family: "ipv4" | "ipv6"])[] = [
  ["10.0.0.0", 8, "ipv4"],
  ["172.16.0.0", 12, "ipv4"],
  ["192.168.0.0", 16, "ipv4"],
  ["100.64.0.0", 10, "ipv4"],
  ["fc00::", 7, "ipv6"],
];

/** Whether a CIDR range lies wholly within private addresses. */
export function isPrivateRange(cidr: string): boolean {
  const [address = "", length = "", ...rest] = cidr.split("/");
  const family = isIP(address) === 4 ? "ipv4" : "ipv6";
  if (isIP(address) === 0 || rest.length > 0 || !/^\d{1,3}$/.test(length)) return false;
  return PRIVATE.some(([network, prefix, of]) => {
    if (of !== family || Number(length) < prefix) return false;
    const block = new BlockList();
    block.addSubnet(network, prefix, of);
    return block.check(address, family);
  });
}
