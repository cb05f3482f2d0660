import * as z from "zod";
import { overlaps } from "../../contracts/network/address-range.ts";
import { shown } from "../wording.ts";
import { type Environments, fileOf, type Found } from "./found.ts";

/** The addresses of a region of an environment. */
export interface RegionAddresses {
  readonly environment: string;
  readonly region: string;
  readonly cidr: string;
}

/** No two regions of any environment have an address in common: of two of one environment, the second is told. */
export function overlapFaults(name: string, all: Environments): readonly Found[] {
  const ours = regionAddresses(name, all[name]);
  const others = addressesOfAll(all).filter(({ environment }) => environment !== name);
  return ours.flatMap((it, i): readonly Found[] => {
    const other = [...ours.slice(0, i), ...others].find(({ cidr }) => overlaps(cidr, it.cidr));
    if (other === undefined) return [];
    const where = `${fileOf(other.environment)}: regions.${other.region}.cidr`;
    return [[["regions", it.region, "cidr"], `${shown(it.cidr)} overlaps ${shown(other.cidr)} of ${where}`]];
  });
}

/** The addresses of every region of every environment. */
export function addressesOfAll(all: Environments): readonly RegionAddresses[] {
  return Object.entries(all).flatMap(([environment, it]) => regionAddresses(environment, it));
}

function regionAddresses(environment: string, it: unknown): readonly RegionAddresses[] {
  const regions = z.object({ regions: z.record(z.string(), z.unknown()) }).safeParse(it).data?.regions ?? {};
  return Object.entries(regions).flatMap(([region, settings]) => {
    const { data } = z.object({ cidr: z.string() }).safeParse(settings);
    return data === undefined ? [] : [{ environment, region, cidr: data.cidr }];
  });
}
