import { SecretRotation } from "../../../components/identity/secret-rotation.ts";
import type { Feature } from "../../feature.ts";
import { agentService } from "../agents/agents.ts";
import type { AgentIdentities } from "../agents/identities.ts";
import { bffService } from "../bff/bffs.ts";
import type { BffIdentities } from "../bff/identities.ts";
import type { TenantContext } from "../context.ts";
import type { TenantKey } from "../data/key.ts";
import { partnerService, type PartnersFeature } from "./partners.ts";
import type { MachinesFeature } from "./machines.ts";
import type { PoolFeature } from "./pool.ts";

/** How long the secret of a partner is the current one: the longest that a rule lets one be. */
const PARTNER_DAYS = 90;

/** What writes and changes the secrets of the tenant's machines; nothing for a tenant without any. */
export type RotationFeature = Feature;

/** Whose secrets are written and changed. */
export interface RotationUpstream {
  readonly key: TenantKey;
  readonly pool: PoolFeature;
  readonly agents: AgentIdentities;
  readonly bffs: BffIdentities;
  readonly machines: MachinesFeature;
  readonly partners: PartnersFeature;
}

/** Declares the rotation of the secrets of the tenant's agents, BFFs and other machines. */
export function tenantRotation(
  { address, place, code, opts }: TenantContext,
  { key: { dataKey: key }, pool: { pool }, agents, bffs, machines: others, partners }: RotationUpstream,
): RotationFeature {
  const machines = [
    ...agents.all.map((it) => ({ name: agentService(it), identity: it.identity })),
    ...bffs.all.map((it) => ({ name: bffService(it), identity: it.identity })),
    ...others.all.map((it) => ({ name: it.service, identity: it.identity })),
    // A partner is handed each new secret by people, and has as long again to use it.
    ...partners.all.map((it) => ({ name: partnerService(it.name), identity: it.identity, days: PARTNER_DAYS })),
  ];
  if (pool === undefined || machines.length === 0) return { resources: [] };
  const clients = machines.map(({ name, identity, ...schedule }) => ({
    ...schedule,
    name,
    clientId: identity.clientId,
    secret: identity.clientSecret,
  }));
  const { archive, digest: codeDigest } = code.secretRotation;
  const rotation = new SecretRotation(
    "secret-rotation",
    { place, tenant: address.tenant.id, key, pool, clients, code: archive(), codeDigest },
    opts,
  );
  return { resources: [rotation] };
}
