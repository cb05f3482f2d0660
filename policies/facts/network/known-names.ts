import { poolDomain, poolDomainHost } from "../../../contracts/identity/pool-domain.ts";
import {
  clusterHosts,
  endpointHosts,
  instanceHosts,
  serviceHost,
  WITHOUT_ENDPOINT,
} from "../../../contracts/network/service-hosts.ts";
import { ownApiHosts } from "../../../environments/apis/own-api-places.ts";
import { internalApisIn } from "../../../environments/networks/internal-apis-in.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { namersOf, type Naming } from "../reference.ts";
import { TYPE } from "../resource-types.ts";

const ENDPOINTS: Naming = { types: [TYPE.vpcEndpoint], input: "vpcId" };

/**
 * The names that something in a VPC of a region's stack may have to ask for, some with a wildcard: of AWS in the region, of the
 * environment, and of the tenants of the region. Another stack knows none. The program's list says the same a second time on purpose:
 * what it adds by mistake must not be allowed by that, and a test judges the shipped list.
 */
export function knownNames(vpc: ResourceView, stack: StackIndex): readonly string[] {
  const { address } = stack;
  if (address.layer !== "region") return [];
  const { environment, region } = address;
  const tenants = Object.entries(environment.tenants).filter(([, it]) => it.regions.some((own) => own === region));
  return [
    ...namersOf(vpc, ENDPOINTS, ["id"], stack).flatMap(endpointNames),
    ...WITHOUT_ENDPOINT.map((it) => serviceHost(it, region)),
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
}

/** The names that lead to a private endpoint: those of its service, or, without private DNS, its own. */
export function endpointNames(endpoint: ResourceView): readonly string[] {
  const [, , region = "", ...rest] = (endpoint.text("serviceName") ?? "").split(".");
  const service = rest.join(".");
  const isNamed = endpoint.text("vpcEndpointType") === "Interface" && endpoint.flag("privateDnsEnabled") !== true;
  return [isNamed ? endpointHosts(service, region) : serviceHost(service, region)];
}
