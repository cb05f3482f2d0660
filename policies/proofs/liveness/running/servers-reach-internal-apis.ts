import { contains } from "../../../../contracts/network/address-range.ts";
import { CONTROL } from "../../../engine/frameworks.ts";
import { outputOf } from "../../../engine/output.ts";
import type { Placed, Platform } from "../../../engine/platform.ts";
import { proof } from "../../../engine/proof.ts";
import { firewallPasses } from "../../../facts/network/name-firewall.ts";
import { type Host, hostOf } from "../../../facts/reach/host.ts";
import { routeTableOf, routeTo } from "../../../facts/reach/routes.ts";
import { zoneOf } from "../../../facts/reach/subnets.ts";
import { backendsOf, type ToldBackend } from "../../../facts/settings/backends.ts";
import { mcpRuntimes } from "../../../facts/workloads.ts";
import { cutUnless, type HopChecks, walk } from "../checks/walk.ts";

const ATTACHMENT = "aws:ec2transitgateway/vpcAttachment:VpcAttachment";
const RECORD = "aws:route53/record:Record";
const ZONE = "aws:route53/zone:Zone";

/** Names, guards and routes are of three stacks: each is there for nothing without the others. */
export const serversReachInternalApis = proof({
  premise: 3,
  id: "servers-reach-internal-apis",
  severity: "high",
  description:
    "Every MCP server reaches the internal APIs of its tenant: by name, by its security group, and by a route to the Transit Gateway to which its network is attached.",
  remediation:
    "Let the region's stack declare the zone, the attachment and the routes from `internalApis` and `transitGateway`, and the tenant's the way out.",
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoConfiguration],
  prove: (platform, record) => {
    for (const placed of platform.ofType(...mcpRuntimes.types)) {
      record.guarded(placed, () => {
        const internal = backendsOf(placed.resource).filter(({ onlyNetworks }) => onlyNetworks !== undefined);
        for (const it of internal)
          walk(record, "servers-reach-internal-apis", placed, checksOf(platform, hostOf(platform, placed), it));
      });
    }
  },
});

type Checks = HopChecks<"servers-reach-internal-apis">;

function checksOf(platform: Platform, host: Host, backend: ToldBackend): Checks {
  const api = URL.parse(String(backend.baseUrl))?.hostname ?? "";
  const addresses = addressesOf(platform, host.vpcId ?? "", api);
  return {
    ...nameChecks(platform, host, { ...backend, api, addresses }),
    ...wayChecks(platform, host, { api, addresses }),
  };
}

interface Named {
  readonly api: string;
  readonly addresses: readonly string[];
}

function nameChecks(
  platform: Platform,
  { placed, vpcId = "" }: Host,
  { api, addresses, onlyNetworks }: Named & Pick<ToldBackend, "onlyNetworks">,
): Pick<Checks, "name" | "allowed" | "within"> {
  const { name } = placed.resource;
  const networks = Array.isArray(onlyNetworks) ? onlyNetworks.map(String) : [];
  return {
    name: () =>
      cutUnless(addresses.length > 0, placed, `A zone of the VPC of "${name}" must lead "${api}" to addresses.`),
    allowed: () =>
      cutUnless(firewallPasses(platform, vpcId, api), placed, `The VPC of "${name}" must let it ask for "${api}".`),
    within: () => {
      const isWithin = addresses.every((it) => networks.some((range) => contains(range, it)));
      return cutUnless(
        isWithin,
        placed,
        `"${name}" must be told of the networks in which the addresses of "${api}" are.`,
      );
    },
  };
}

function wayChecks(
  platform: Platform,
  { placed, sends, vpcId = "" }: Host,
  { api, addresses }: Named,
): Pick<Checks, "send" | "route" | "attachment"> {
  const { name } = placed.resource;
  const subnetIds = placed.resource.texts("networkConfiguration.networkModeConfig.subnets");
  const gateways = subnetIds.flatMap((id) =>
    addresses.map((it) => routeTo(platform, routeTableOf(platform, id), it)?.resource.text("transitGatewayId")),
  );
  return {
    send: () => {
      const isSent = addresses.every((it) => sends({ ranges: [it], groupIds: [] }, 443));
      return cutUnless(isSent, placed, `"${name}" must be able to send to "${api}" on TCP 443.`);
    },
    route: () => {
      const mend = `Each subnet of "${name}" must have a route to "${api}", to a Transit Gateway.`;
      return cutUnless(!gateways.includes(undefined), placed, mend);
    },
    attachment: () => {
      const ids = gateways.filter((it) => it !== undefined);
      const isAttached = ids.every((id) => isAttachedTo(platform, { id, vpcId, subnetIds }));
      const mend = `The VPC of "${name}" must be attached to the Transit Gateway, in each of its zones.`;
      return cutUnless(isAttached, placed, mend);
    },
  };
}

/** What a host leads to in a VPC, by the zones that are its own. */
function addressesOf(platform: Platform, vpcId: string, host: string): readonly string[] {
  const isOfVpc = ({ resource }: Placed): boolean => resource.list("vpcs").some((one) => one.text("vpcId") === vpcId);
  const zones = platform.ofType(ZONE).filter((it) => it.resource.text("name") === host && isOfVpc(it));
  const ids = zones.map((it) => outputOf(it.resource, "zoneId"));
  return platform
    .ofType(RECORD)
    .filter(
      ({ resource: it }) =>
        it.text("name") === host && it.text("type") === "A" && ids.includes(it.text("zoneId") ?? ""),
    )
    .flatMap(({ resource }) => resource.texts("records"));
}

interface Attached {
  readonly id: string;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
}

/** Whether a VPC is attached to a gateway in the zone of each of the subnets (Amazon VPC, "Transit gateway attachments to a VPC"). */
function isAttachedTo(platform: Platform, { id, vpcId, subnetIds }: Attached): boolean {
  const attached = platform
    .ofType(ATTACHMENT)
    .filter(({ resource: it }) => it.text("transitGatewayId") === id && it.text("vpcId") === vpcId)
    .flatMap(({ resource }) => resource.texts("subnetIds"))
    .map((it) => zoneOf(platform, it));
  return subnetIds.every((it) => attached.includes(zoneOf(platform, it) ?? it));
}
