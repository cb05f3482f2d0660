import type * as pulumi from "@pulumi/pulumi";
import { TenantNamespace } from "../../../components/tenant/tenant-namespace.ts";
import type { Feature } from "../../feature.ts";
import { publicBlock } from "../../../components/network/vpc.ts";
import { BFF_SCALE } from "../../../components/bff/bff-scale.ts";
import { ZONE_IDS } from "../../../environments/residency.ts";
import { bffsOf } from "../bff/bffs.ts";
import type { TenantContext } from "../context.ts";
import { agentsOf } from "./agents.ts";

/** The tenant's namespace in the region's cluster. */
export interface NamespaceFeature extends Feature {
  readonly name: pulumi.Output<string>;
}

/** Declares the tenant's namespace, large enough for all its agents and BFFs at their largest scale. */
export function tenantNamespace({ address, opts }: TenantContext): NamespaceFeature {
  const { tenant, region, settings } = address;
  const { cidr } = settings;
  const most = [
    ...agentsOf(tenant.scenarios).map(() => settings.agents.max),
    ...bffsOf(tenant.scenarios).map((it) => BFF_SCALE[it.scenario].max),
  ];
  // One pod more for each: a new one starts before an old one goes.
  const maxPods = most.reduce((sum, it) => sum + it + 1, 0) || settings.agents.max + 1;
  const balancers = ZONE_IDS[region].map((_, index) => publicBlock(cidr, index));
  const namespace = new TenantNamespace("namespace", { tenant: tenant.id, maxPods, cidr, balancers }, opts);
  return { name: namespace.namespace, resources: [namespace] };
}
