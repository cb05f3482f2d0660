import { ContextKey } from "../../../components/compute/context-key.ts";
import { bffIssuer } from "../../../contracts/agents/identity.ts";
import type { Feature } from "../../feature.ts";
import type { TenantContext } from "../context.ts";
import { bffsOf } from "./bffs.ts";

/** By what a tenant's agents believe the context tokens of its BFFs. */
export interface BffSigning extends Feature {
  /** The `iss` of the context tokens. */
  readonly issuer: string;
  /** Absent for a tenant that has developers only. */
  readonly contextKey: ContextKey | undefined;
}

/** Declares the key by which the tenant's BFFs sign who calls: one that no interceptor signs by, so that neither can speak for the other. */
export function bffSigning({ address: { tenant }, place, opts }: TenantContext): BffSigning {
  const issuer = bffIssuer(tenant.id);
  if (bffsOf(tenant.scenarios).length === 0) return { issuer, contextKey: undefined, resources: [] };
  const contextKey = new ContextKey("bff-key", { place, tenant: tenant.id, signer: "bff" }, opts);
  return { issuer, contextKey, resources: [contextKey] };
}
