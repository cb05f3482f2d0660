import { INTERFACE_ENDPOINTS, NAMED_ENDPOINTS } from "../../components/network/private-endpoints.ts";
import { poolDomain, poolDomainHost } from "../../contracts/identity/pool-domain.ts";
import {
  clusterHosts,
  endpointHosts,
  instanceHosts,
  serviceHost,
  WITHOUT_ENDPOINT,
} from "../../contracts/network/service-hosts.ts";
import { ownApiHosts } from "../../environments/apis/own-api-places.ts";
import { internalApisIn } from "../../environments/networks/internal-apis-in.ts";
import type { RegionAddress } from "./context.ts";

/** The names that something in a region's VPC may ask for: of AWS there, of the environment, and the hosts of its tenants' webhooks and of their own and internal APIs. */
export function allowedNames({ environment, region }: RegionAddress): readonly string[] {
  const tenants = Object.entries(environment.tenants).filter(([, it]) => it.regions.some((own) => own === region));
  const names = [
    ...[...INTERFACE_ENDPOINTS, ...WITHOUT_ENDPOINT, "s3"].map((it) => serviceHost(it, region)),
    ...NAMED_ENDPOINTS.map((it) => endpointHosts(it, region)),
    ...clusterHosts(region),
    instanceHosts(region),
    `*.${environment.domain}`,
    ...internalApisIn(environment, region).map(({ host }) => host),
    ...tenants.flatMap(([id, { webhookHosts = [], ...tenant }]) => [
      poolDomainHost(poolDomain(environment, id), region),
      ...webhookHosts,
      ...ownApiHosts(tenant),
    ]),
  ];
  return [...new Set(names)];
}
