import * as z from "zod";
import { contains, isCanonicalRange } from "../../contracts/network/address-range.ts";
import { PRIVATE_RANGES } from "../../contracts/network/public-ranges.ts";
import { shown } from "../wording.ts";

/** The widest range has 4,096 addresses: more is a network, and not what is in it. */
const LEAST_BITS = 20;

/** A narrow range of private IPv4 addresses, written by its first address. */
export function privateRange(): z.ZodCustom<string, string> {
  return z.custom<string>(isPrivateAndNarrow, {
    error: ({ input }) =>
      `${shown(input)} must be a private IPv4 range from /${LEAST_BITS} to /32 within ${PRIVATE_RANGES.join(", ")}, by its first address, such as "10.200.8.0/24"`,
  });
}

function isPrivateAndNarrow(it: unknown): boolean {
  if (typeof it !== "string" || !isCanonicalRange(it)) return false;
  return Number(it.split("/")[1]) >= LEAST_BITS && PRIVATE_RANGES.some((all) => contains(all, it));
}
