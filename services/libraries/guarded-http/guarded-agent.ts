import { lookup as systemLookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { Agent, buildConnector } from "undici";
import { isAddressIn, isAllowedAddress, type Network } from "./address.ts";

/** What an agent connects to, and how it finds addresses. */
export interface AgentOptions {
  /** Ranges that may be connected to although they are not public. */
  readonly openedNetworks: readonly Network[];
  /** Ranges outside of which nothing is connected to, be it public or not. */
  readonly onlyNetworks?: readonly Network[];
  readonly lookup?: LookupFunction;
  /** The error with which a request fails whose address is refused, for the reason given. */
  readonly refusal: (reason: string) => Error;
  /** Longest answer that is received, in bytes. */
  readonly longestReplyBytes?: number;
}

/** Longest answer that is received unless it is said otherwise, in bytes. */
export const LONGEST_REPLY_BYTES = 4 * 1024 * 1024;

const CONNECT_MS = 5_000;

/**
 * An HTTP agent that connects to public addresses only, or to those of some networks only. It judges the addresses that a name has at the very moment of
 * connecting, and the one that it is connected to, so that an answer of the name service cannot change in between.
 */
export function guardedAgent({
  openedNetworks,
  onlyNetworks,
  lookup = systemLookup,
  refusal: refused,
  longestReplyBytes = LONGEST_REPLY_BYTES,
}: AgentOptions): Agent {
  const where = onlyNetworks === undefined ? "public" : "in the networks of the host";
  const refusal = (address: string | undefined) => refused(`address ${address ?? "unknown"} is not ${where}`);
  const isAllowed = (address: string) =>
    onlyNetworks === undefined ? isAllowedAddress(address, openedNetworks) : isAddressIn(address, onlyNetworks);
  const connect = buildConnector({
    lookup: guardedLookup(lookup, isAllowed, refusal),
    timeout: CONNECT_MS,
    allowH2: false,
  });
  const guarded: buildConnector.connector = (options, callback) => {
    const literal = options.hostname.replace(/^\[|\]$/g, "");
    if (isIP(literal) !== 0 && !isAllowed(literal)) callback(refusal(literal), null);
    else {
      connect(options, (...result) => {
        const [error, socket] = result;
        if (error !== null || isAllowed(socket.remoteAddress ?? "")) callback(...result);
        else {
          socket.destroy();
          callback(refusal(socket.remoteAddress), null);
        }
      });
    }
  };
  return new Agent({ connect: guarded, maxResponseSize: longestReplyBytes, pipelining: 1 });
}

/** One address that is refused refuses them all: nobody's name is public and private at once without a reason. */
function guardedLookup(
  lookup: LookupFunction,
  isAllowed: (address: string) => boolean,
  refusal: (address: string) => Error,
): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, options, (error, found, family) => {
      const addresses = typeof found === "string" ? [found] : (found as typeof found | undefined)?.map(addressIn);
      const refused = addresses?.find((it) => !isAllowed(it));
      if (error !== null || refused === undefined) callback(error, found, family);
      else callback(refusal(refused), found, family);
    });
  };
}

const addressIn = ({ address }: { readonly address: string }): string => address;
