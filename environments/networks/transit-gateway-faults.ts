import * as z from "zod";
import { overlaps } from "../../contracts/network/address-range.ts";
import { SERVICE_CIDR } from "../../contracts/network/service-addresses.ts";
import { shown } from "../wording.ts";
import { type Environments, fileOf, type Found } from "./found.ts";
import { internalApi } from "./internal-apis.ts";
import { addressesOfAll } from "./overlap-faults.ts";
import { transitGateway, type TransitGateway } from "./transit-gateway.ts";

const environment = z.object({
  regions: z.record(z.string(), z.object({ transitGateway: z.unknown().optional() })),
  tenants: z.record(
    z.string(),
    z.object({ regions: z.array(z.string()), internalApis: z.record(z.string(), z.unknown()).optional() }),
  ),
});

type Tenants = z.infer<typeof environment>["tenants"];

/** A Transit Gateway is in the region that is attached to it, leads somewhere, and its deployers are in no other network; internal APIs have a way. */
export function transitGatewayFaults(name: string, all: Environments): readonly Found[] {
  const { regions = {}, tenants = {} } = environment.safeParse(all[name]).data ?? {};
  return Object.entries(regions).flatMap(([region, { transitGateway: it }]) => {
    const apis = apisIn(tenants, region);
    if (it === undefined) return apis.flatMap(({ tenant }) => withoutWay(tenant, region));
    const { data } = transitGateway.safeParse(it);
    return data === undefined
      ? []
      : [
          ...placeFaults(data, region),
          ...aimFaults(data, region, apis),
          ...deployerFaults(data, region, { apis, all }),
        ];
  });
}

interface Api {
  readonly tenant: string;
  readonly ranges: readonly string[];
}

/** The tenants of a region that have internal APIs, once each. */
function apisIn(tenants: Tenants, region: string): readonly Api[] {
  return Object.entries(tenants).flatMap(([tenant, { regions, internalApis }]) => {
    if (internalApis === undefined || !regions.includes(region)) return [];
    return [
      { tenant, ranges: Object.values(internalApis).flatMap((it) => internalApi.safeParse(it).data?.ranges ?? []) },
    ];
  });
}

function withoutWay(tenant: string, region: string): readonly Found[] {
  return [
    [
      ["tenants", tenant, "internalApis"],
      `nothing leads there from ${region}: regions.${region}.transitGateway must name the company's Transit Gateway`,
    ],
  ];
}

/** A network is attached to a gateway of its own region alone, and so of its residency. */
function placeFaults({ arn }: TransitGateway, region: string): readonly Found[] {
  const own = arn.split(":")[3];
  if (own === region) return [];
  const near = arn.replace(`:${own ?? ""}:`, `:${region}:`);
  return [
    [
      ["regions", region, "transitGateway", "arn"],
      `${shown(arn)}: did you mean ${shown(near)}? (it must be a Transit Gateway of ${region})`,
    ],
  ];
}

function aimFaults({ deployers }: TransitGateway, region: string, apis: readonly Api[]): readonly Found[] {
  if (deployers !== undefined || apis.length > 0) return [];
  return [
    [
      ["regions", region, "transitGateway"],
      "leads nowhere: give it `deployers`, or a tenant of the region `internalApis`, or take it out",
    ],
  ];
}

function deployerFaults(
  { deployers }: TransitGateway,
  region: string,
  { apis, all }: { readonly apis: readonly Api[]; readonly all: Environments },
): readonly Found[] {
  const taken = [
    { cidr: SERVICE_CIDR, of: "the Services of the clusters" },
    ...addressesOfAll(all).map((it) => ({ cidr: it.cidr, of: `${fileOf(it.environment)}: regions.${it.region}.cidr` })),
    ...apis.flatMap(({ tenant, ranges }) => ranges.map((cidr) => ({ cidr, of: `tenants.${tenant}.internalApis` }))),
  ];
  return (deployers ?? []).flatMap((range, i): readonly Found[] => {
    const other = taken.find(({ cidr }) => overlaps(cidr, range));
    return other === undefined
      ? []
      : [
          [
            ["regions", region, "transitGateway", "deployers", i],
            `${shown(range)} overlaps ${shown(other.cidr)} of ${other.of}`,
          ],
        ];
  });
}
