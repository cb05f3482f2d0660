import { SecretRotation } from "../../../components/identity/secret-rotation.ts";
import type { Feature } from "../../feature.ts";
import { agentService } from "../agents/agents.ts";
import type { AgentIdentities } from "../agents/identities.ts";
import { bffService } from "../bff/bffs.ts";
import type { BffIdentities } from "../bff/identities.ts";
import type { TenantContext } from "../context.ts";
import type { TenantKey } from "../data/key.ts";
import type { MachinesFeature } from "./machines.ts";
import type { PoolFeature } from "./pool.ts";

/** What writes and changes the secrets of the tenant's machines; nothing for a tenant without any. */
export type RotationFeature = Feature;

/** Whose secrets are written and changed. */
export interface RotationUpstream {
  readonly key: TenantKey;
  readonly pool: PoolFeature;
  readonly agents: AgentIdentities;
  readonly bffs: BffIdentities;
  readonly machines: MachinesFeature;
}

/** Declares the rotation of the secrets of the tenant's agents, BFFs and other machines. */
export function tenantRotation(
  { address, place, code, opts }: TenantContext,
  { key: { dataKey: key }, pool: { pool }, agents, bffs, machines: others }: RotationUpstream,
): RotationFeature {
  const machines = [
    ...agents.all.map((it) => ({ name: agentService(it), identity: it.identity })),
    ...bffs.all.map((it) => ({ name: bffService(it), identity: it.identity })),
    ...others.all.map((it) => ({ name: it.service, identity: it.identity })),
  ];
  if (pool === undefined || machines.length === 0) return { resources: [] };
  const clients = machines.map(({ name, identity }) => ({
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
