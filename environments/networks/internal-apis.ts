import * as z from "zod";
import { contains } from "../../contracts/network/address-range.ts";
import { mustBe, record, shown, some, text } from "../wording.ts";
import { privateRange } from "./private-range.ts";
import { publicHost } from "./public-host.ts";

/** A security group has 60 rules, of which 30 are the public ranges; a tenant has ranges for each of its APIs. */
const MOST_RANGES = 5;

const address = text(/^(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}$/, 'an IPv4 address, such as "10.200.8.10"');

/** An API in a network of the tenant's own: its name, what it leads to, and where that may be. */
export const internalApi = record({
  /** The host by which the API's certificate, of a public authority, is known. */
  host: publicHost(),
  /** What the host leads to, for the region's network alone. */
  addresses: some(address),
  /** Where these addresses may be: what the tenant's server may connect to, by HTTPS. */
  ranges: some(privateRange()),
}).check(({ value: { addresses, ranges }, issues }) => {
  if (ranges.length > MOST_RANGES) {
    const message = `${ranges.length} are too many: ${MOST_RANGES} at most`;
    issues.push({ code: "custom", input: ranges, path: ["ranges"], message });
  }
  for (const [i, it] of addresses.entries()) {
    if (ranges.some((one) => contains(one, it))) continue;
    const message = `${shown(it)} must be in one of ranges: ${ranges.join(", ")}`;
    issues.push({ code: "custom", input: it, path: ["addresses", i], message });
  }
});

/** One of these. */
export type InternalApi = z.infer<typeof internalApi>;

/** The APIs of a tenant that are in a network of its own, by the name of the API; all others are on the internet. */
export const internalApis = z
  .record(z.string(), internalApi, { error: ({ input }) => mustBe(input, "an object") })
  .readonly();
