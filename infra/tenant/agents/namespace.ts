import type * as pulumi from "@pulumi/pulumi";
import { BFF_SCALE } from "../../../components/bff/bff-scale.ts";
import { publicBlock } from "../../../components/network/vpc.ts";
import { TenantNamespace } from "../../../components/tenant/tenant-namespace.ts";
import { agentScale, agentSize, USUAL_RESOURCES } from "../../../environments/capacity/agent-sizes.ts";
import { boundsOf, type PodsOfSize } from "../../../environments/capacity/namespace-bounds.ts";
import { ZONE_IDS } from "../../../environments/residency.ts";
import { bffsOf } from "../bff/bffs.ts";
import type { Feature } from "../../feature.ts";
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
  const balancers = ZONE_IDS[region].map((_, index) => publicBlock(cidr, index));
  const bounds = boundsOf(podsOf(address));
  const namespace = new TenantNamespace("namespace", { tenant: tenant.id, bounds, cidr, balancers }, opts);
  return { name: namespace.namespace, resources: [namespace] };
}

function podsOf({ tenant, settings, environment }: TenantContext["address"]): readonly PodsOfSize[] {
  const onEks = environment.agentHosting === "eks" ? agentsOf(tenant.scenarios).map((it) => agentSize(it.name)) : [];
  const all = [
    ...onEks.map((it) => ({ most: agentScale(it, settings).max, limits: it.resources.limits })),
    ...bffsOf(tenant.scenarios).map((it) => ({ most: BFF_SCALE[it.scenario].max, limits: USUAL_RESOURCES.limits })),
  ];
  return all.length > 0 ? all : [{ most: settings.agents.max, limits: USUAL_RESOURCES.limits }];
}
