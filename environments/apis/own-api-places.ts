import type { Tenant } from "../schema.ts";

/** Where an API of a tenant's own is. */
export interface OwnApiPlace {
  readonly baseUrl: string;
  /** The ranges in which it is, where it is in a network of the tenant's own. */
  readonly onlyNetworks?: readonly string[];
}

/** Where an API of a tenant's own is; `undefined` for a name that is none of them. */
export function ownApiPlace(
  { apis = {}, internalApis = {} }: Pick<Tenant, "apis" | "internalApis">,
  name: string,
): OwnApiPlace | undefined {
  const api = Object.hasOwn(apis, name) ? apis[name] : undefined;
  if (api === undefined) return undefined;
  const internal = internalApis[name];
  const baseUrl = `https://${internal?.host ?? api.host ?? ""}${api.basePath ?? ""}`;
  return internal === undefined ? { baseUrl } : { baseUrl, onlyNetworks: internal.ranges };
}

/** The hosts on the internet of a tenant's own APIs. */
export function ownApiHosts({ apis = {} }: Pick<Tenant, "apis">): readonly string[] {
  return Object.values(apis).flatMap(({ host }) => host ?? []);
}
