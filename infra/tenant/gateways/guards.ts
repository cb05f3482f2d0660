import * as aws from "@pulumi/aws";
import type { Feature } from "../../feature.ts";
import type { TenantContext } from "../context.ts";
import type { PoolFeature } from "../identity/pool.ts";
import type { TenantGateways } from "./gateways.ts";

/** Puts the region's web ACLs before the tenant's gateways and its pool, which the internet reaches. */
export function tenantGuards(
  { webAcls, provider }: TenantContext,
  { gateways, pool }: { readonly gateways: TenantGateways; readonly pool: PoolFeature },
): Feature {
  const ofGateways = gateways.all.map(
    ({ gateway }) =>
      new aws.wafv2.WebAclAssociation(
        `gateway-${gateway.scenario}`,
        { resourceArn: gateway.arn, webAclArn: webAcls.gateways },
        { provider },
      ),
  );
  if (pool.pool === undefined) return { resources: ofGateways };
  const before = { resourceArn: pool.pool.arn, webAclArn: webAcls.identity };
  return { resources: [...ofGateways, new aws.wafv2.WebAclAssociation("pool", before, { provider })] };
}
