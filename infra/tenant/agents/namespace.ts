import type * as pulumi from "@pulumi/pulumi";
import { TenantNamespace } from "../../../components/tenant/tenant-namespace.ts";
import type { Feature } from "../../feature.ts";
import type { TenantContext } from "../context.ts";
import { agentsOf } from "./agents.ts";

/** The tenant's namespace in the region's cluster. */
export interface NamespaceFeature extends Feature {
  readonly name: pulumi.Output<string>;
}

/** Declares the tenant's namespace, large enough for all its agents at their largest scale. */
export function tenantNamespace({ address, opts }: TenantContext): NamespaceFeature {
  const { tenant, settings } = address;
  // One pod more for each agent: a new one starts before an old one goes.
  const maxPods = Math.max(1, agentsOf(tenant.scenarios).length) * (settings.agents.max + 1);
  const namespace = new TenantNamespace("namespace", { tenant: tenant.id, maxPods, cidr: settings.cidr }, opts);
  return { name: namespace.namespace, resources: [namespace] };
}
