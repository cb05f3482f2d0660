import * as z from "zod";
import { type Region, RESIDENCIES, type Residency, residencyOf } from "../residency.ts";
import { shown } from "../wording.ts";
import type { Found } from "./found.ts";

const environment = z.object({
  regions: z.record(z.string(), z.object({ near: z.array(z.string()).optional() })),
  tenants: z.record(
    z.string(),
    z.object({ residency: z.string(), regions: z.array(z.string()), scenarios: z.array(z.string()) }),
  ),
});

/**
 * People are led to a region because it is near only where it is not their home anyway, where the home is deployed, too, for all others, and
 * where each tenant that they may ask for is in both.
 */
export function nearFaults(it: unknown): readonly Found[] {
  const { regions = {}, tenants = {} } = environment.safeParse(it).data ?? {};
  return Object.entries(regions).flatMap(([region, { near }]): readonly Found[] => {
    const residency = residencyOf(region);
    if (near === undefined || residency === undefined) return [];
    const home = homeOf(residency);
    const key = ["regions", region, "near"];
    if (home === region)
      return [
        [key, `${region} is the home of residency "${residency}", to which everybody is led who is near no other`],
      ];
    if (!Object.hasOwn(regions, home))
      return [[key, `${home}, the home of residency "${residency}", must be deployed, too`]];
    return Object.entries(tenants)
      .filter(([, one]) => one.residency === residency && one.scenarios.some((scenario) => scenario !== "internal"))
      .filter(([, one]) => ![home, region].every((place) => one.regions.includes(place)))
      .map(([id, one]) => [
        ["tenants", id, "regions"],
        `${shown(one.regions)} must be ${home} and ${region}: people near ${region} are led there (regions.${region}.near)`,
      ]);
  });
}

function homeOf(residency: Residency): Region {
  return RESIDENCIES[residency][0];
}
