import * as aws from "@pulumi/aws";
import { internalApisIn } from "../../environments/networks/internal-apis-in.ts";
import type { Feature } from "../feature.ts";
import type { RegionContext } from "./context.ts";
import type { RegionNetwork } from "./network.ts";

/**
 * Declares the names of the tenants' internal APIs, each in a zone of its own that the region's network alone asks: a zone hides every
 * other name that is below its own. The region's stack makes them, since in the shared network they answer to all of its tenants.
 */
export function regionInternalApis({ address, provider }: RegionContext, network: RegionNetwork): Feature {
  const { environment, region } = address;
  const vpcs = [{ vpcId: network.vpc.id, vpcRegion: region }];
  const records = internalApisIn(environment, region).map(({ tenant, api, host, addresses }) => {
    const name = `internal-api-${tenant}-${api}`;
    const comment = `The API ${api} in a network of ${tenant}, for the network alone`;
    const zone = new aws.route53.Zone(name, { name: host, comment, vpcs }, { provider });
    const record = { zoneId: zone.zoneId, name: host, type: "A", ttl: 60, records: [...addresses] };
    return new aws.route53.Record(name, record, { provider });
  });
  return { resources: records };
}
