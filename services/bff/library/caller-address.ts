import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";
import ipaddr from "ipaddr.js";

/**
 * The network that a request comes from: an IPv4 address, or the /64 of an IPv6 address, since that is what one subscriber gets.
 * `proxies` of our own stand in front, each of which appends whom it heard to `X-Forwarded-For`; what callers write before that is not read.
 */
export function callerNetwork(context: Context, proxies: number): string {
  const direct = getConnInfo(context).remote.address ?? "";
  if (proxies === 0) return networkOf(direct);
  const heard = (context.req.header("x-forwarded-for") ?? "").split(",").map((it) => it.trim());
  return networkOf(heard.at(-proxies) ?? direct);
}

function networkOf(text: string): string {
  if (!ipaddr.isValid(text)) return "unknown";
  const address = ipaddr.process(text);
  if (address.kind() === "ipv4") return address.toString();
  return `${address.toNormalizedString().split(":").slice(0, 4).join(":")}::/64`;
}
