/** The host of the BFFs of a residency: it leads to the primary region of the set, or to the standby while that does not answer. */
export function bffHost(residency: string, domain: string): string {
  return `bff.${residency}.${domain}`;
}
