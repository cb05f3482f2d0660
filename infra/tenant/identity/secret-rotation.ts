import { SecretRotation } from "../../../components/identity/secret-rotation.ts";
import type { Feature } from "../../feature.ts";
import { agentService } from "../agents/agents.ts";
import type { AgentIdentities } from "../agents/identities.ts";
import type { TenantContext } from "../context.ts";
import type { TenantKey } from "../data/key.ts";
import type { PoolFeature } from "./pool.ts";

/** What writes and changes the secrets of the tenant's machines; nothing for a tenant without any. */
export type RotationFeature = Feature;

/** Declares the rotation of the secrets of the tenant's agents. */
export function tenantRotation(
  { address, place, code, opts }: TenantContext,
  {
    key: { dataKey: key },
    pool: { pool },
    agents,
  }: { readonly key: TenantKey; readonly pool: PoolFeature; readonly agents: AgentIdentities },
): RotationFeature {
  if (pool === undefined || agents.all.length === 0) return { resources: [] };
  const clients = agents.all.map((it) => ({
    name: agentService(it),
    clientId: it.identity.clientId,
    secret: it.identity.clientSecret,
  }));
  const { archive, digest: codeDigest } = code.secretRotation;
  const rotation = new SecretRotation(
    "secret-rotation",
    { place, tenant: address.tenant.id, key, pool, clients, code: archive(), codeDigest },
    opts,
  );
  return { resources: [rotation] };
}
