import { MachineIdentity } from "../../../components/identity/machine-identity.ts";
import { PARTNER_SCOPES } from "../../../contracts/bff/partner-access.ts";
import type { Feature } from "../../feature.ts";
import type { TenantContext } from "../context.ts";
import type { TenantKey } from "../data/key.ts";
import type { PoolFeature } from "./pool.ts";

/** A partner whose systems get tokens by a client of their own. */
export interface RegisteredPartner {
  readonly name: string;
  readonly identity: MachineIdentity;
}

/** The partners that have clients at the tenant's pool, and what is before the scopes of their tokens. */
export interface PartnersFeature extends Feature {
  readonly all: readonly RegisteredPartner[];
  /** Absent where no partner has a client. */
  readonly scopePrefix: string | undefined;
}

/** The name under which a partner's client and its secret are registered. */
export function partnerService(name: string): string {
  return `partner-${name}`;
}

/** Declares the client of each partner of the data, whose scopes are those of the BFF and of no gateway; there are none without a pool. */
export function tenantPartners(
  { name: address, address: { tenant }, opts }: TenantContext,
  { key: { dataKey: key }, pool: { pool } }: { readonly key: TenantKey; readonly pool: PoolFeature },
): PartnersFeature {
  const partners = Object.entries(tenant.partners ?? {});
  if (pool === undefined || partners.length === 0) return { all: [], scopePrefix: undefined, resources: [] };
  const scopePrefix = `${address}.partners`;
  const names = PARTNER_SCOPES.map((it) => it.replace(":", "."));
  const offered = pool.scopesOf("partners", scopePrefix, names);
  const all = partners.map(([name, { scopes: held }]): RegisteredPartner => {
    const wanted = held.map((it) => `${scopePrefix}/${it.replace(":", ".")}`);
    const scopes = offered.apply((own) => own.filter((it) => wanted.includes(it)));
    const description = `${name}, a partner`;
    return { name, identity: new MachineIdentity(partnerService(name), { pool, description, scopes, key }, opts) };
  });
  return { all, scopePrefix, resources: all.map((it) => it.identity) };
}
