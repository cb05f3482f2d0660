import { ContextKey } from "../../../components/compute/context-key.ts";
import type { Feature } from "../../feature.ts";
import type { TenantContext } from "../context.ts";

/** By what a tenant's MCP servers believe the context tokens of its interceptors. */
export interface ContextSigning extends Feature {
  /** The `iss` of the context tokens. */
  readonly issuer: string;
  readonly contextKey: ContextKey;
}

/** Declares the key by which the tenant's interceptors sign context tokens. */
export function contextSigning({ name, address, place, opts }: TenantContext): ContextSigning {
  const contextKey = new ContextKey("context-key", { place, tenant: address.tenant.id }, opts);
  return { issuer: `urn:alicerce:interceptor:${name}`, contextKey, resources: [contextKey] };
}
