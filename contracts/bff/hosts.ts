/** The scenarios that have a BFF: developers call gateways themselves. */
export const BFF_SCENARIOS = ["b2c", "b2b"] as const;

/** One of `BFF_SCENARIOS`. */
export type BffScenario = (typeof BFF_SCENARIOS)[number];

/** Where the hosts of the BFFs of one scenario are. */
export interface BffZone {
  readonly scenario: BffScenario;
  readonly residency: string;
  /** Of the environment. */
  readonly domain: string;
}

/** The host of a tenant's BFF: it leads to the primary region of the residency, or to the standby while that does not answer. */
export function bffHost(tenant: string, zone: BffZone): string {
  return `${tenant}.${zone.scenario}.${zone.residency}.${zone.domain}`;
}

/**
 * The name by which a record by geolocation finds its region, or the other one of the residency while that does not answer: the home, or the
 * region that is nearer. No tenant has such a name.
 */
export function bffFailoverName(which: "home" | "near", zone: BffZone): string {
  return bffHost(`_${which}`, zone);
}

/** The name that stands for the hosts of all tenants in DNS and in a certificate: `*` stands for one label (RFC 4592, RFC 6125). */
export function bffHosts(zone: BffZone): string {
  return bffHost("*", zone);
}
