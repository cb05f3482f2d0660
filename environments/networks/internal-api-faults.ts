import * as z from "zod";
import { overlaps } from "../../contracts/network/address-range.ts";
import { SERVICE_CIDR } from "../../contracts/network/service-addresses.ts";
import { MCP_SERVERS } from "../../releases/releases.ts";
import { shown } from "../wording.ts";
import { type Environments, fileOf, type Found, type Key } from "./found.ts";
import { internalApi, type InternalApi } from "./internal-apis.ts";
import { addressesOfAll } from "./overlap-faults.ts";

/** An internal API of a tenant that is sound in itself. */
interface Placed extends InternalApi {
  readonly tenant: string;
  readonly key: Key;
}

const tenants = z.object({
  domain: z.string().optional(),
  tenants: z.record(
    z.string(),
    z.object({
      scenarios: z.array(z.unknown()).optional(),
      webhookHosts: z.array(z.string()).optional(),
      internalApis: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
});

type Tenants = NonNullable<z.infer<typeof tenants>>["tenants"];

/** Internal APIs are in no network of the platform and in none of another tenant, and their names are nobody else's. */
export function internalApiFaults(name: string, all: Environments): readonly Found[] {
  const own = tenants.safeParse(all[name]).data?.tenants ?? {};
  const apis = Object.entries(own).flatMap(([tenant, it]) => apisOf(tenant, it.internalApis ?? {}));
  return [
    ...unservedFaults(own),
    ...apis.flatMap((it, i) => [
      ...rangeFaults(it, apis.slice(0, i), all),
      ...nameFaults(it, apis.slice(0, i), own, domainsOf(all)),
    ]),
  ];
}

function apisOf(tenant: string, apis: Readonly<Record<string, unknown>>): readonly Placed[] {
  return Object.entries(apis).flatMap(([api, it]) => {
    const { data } = internalApi.safeParse(it);
    return data === undefined ? [] : [{ ...data, tenant, key: ["tenants", tenant, "internalApis", api] }];
  });
}

function domainsOf(all: Environments): readonly string[] {
  return Object.values(all).flatMap((it) => z.object({ domain: z.string() }).safeParse(it).data?.domain ?? []);
}

/** Without the server that calls them, nothing reaches them. */
function unservedFaults(own: Tenants): readonly Found[] {
  const served: readonly string[] = MCP_SERVERS["api-integration"]?.scenarios ?? [];
  return Object.entries(own)
    .filter(([, { internalApis, scenarios = [] }]) => {
      return internalApis !== undefined && !scenarios.some((it) => served.includes(String(it)));
    })
    .map(([tenant]) => [
      ["tenants", tenant, "internalApis"],
      `nothing calls them: the tenant has none of the scenarios ${served.join(", ")}`,
    ]);
}

function rangeFaults(it: Placed, before: readonly Placed[], all: Environments): readonly Found[] {
  const taken = [
    { cidr: SERVICE_CIDR, of: "the Services of the clusters" },
    ...addressesOfAll(all).map(({ environment, region, cidr }) => ({
      cidr,
      of: `${fileOf(environment)}: regions.${region}.cidr`,
    })),
    ...before
      .filter(({ tenant }) => tenant !== it.tenant)
      .flatMap(({ ranges, key }) => ranges.map((cidr) => ({ cidr, of: `${key.join(".")}.ranges` }))),
  ];
  return it.ranges.flatMap((range, i): readonly Found[] => {
    const other = taken.find(({ cidr }) => overlaps(cidr, range));
    return other === undefined
      ? []
      : [[[...it.key, "ranges", i], `${shown(range)} overlaps ${shown(other.cidr)} of ${other.of}`]];
  });
}

/** A zone answers for its name and for all names below it, whoever asks: no other name may be there, nor may it be at a name of others. */
function nameFaults(it: Placed, before: readonly Placed[], own: Tenants, domains: readonly string[]): readonly Found[] {
  const key = [...it.key, "host"];
  const domain = domains.find((one) => isBelow(one, it.host) || isBelow(it.host, one));
  if (domain !== undefined) return [[key, `${shown(it.host)} would hide names of the platform, ${shown(domain)}`]];
  const webhook = Object.values(own)
    .flatMap(({ webhookHosts = [] }) => webhookHosts)
    .find((one) => isBelow(one, it.host));
  if (webhook !== undefined) return [[key, `${shown(it.host)} would hide ${shown(webhook)}, a host of webhooks`]];
  const other = before.find(({ host }) => isBelow(host, it.host) || isBelow(it.host, host));
  if (other === undefined) return [];
  return [[key, `${shown(it.host)} would hide ${shown(other.host)} of ${other.key.join(".")}, or be hidden by it`]];
}

/** Whether a name is the other one, or below it. */
function isBelow(name: string, other: string): boolean {
  return name === other || name.endsWith(`.${other}`);
}
