import { type TransitWays, transitWaysOf } from "../../../environments/networks/transit-ways.ts";
import { parseArn } from "../../facts/arn.ts";
import { CONTROL } from "../../engine/frameworks.ts";
import { rule } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";

const ATTACHMENT = "aws:ec2transitgateway/vpcAttachment:VpcAttachment";
const ROUTE = "aws:ec2/route:Route";

export const transitLeadsWhereTheDataSays = rule({
  premise: 3,
  id: "transit-leads-where-the-data-says",
  severity: "critical",
  description:
    "A network is attached to the Transit Gateway of its own region that the data names, and its routes lead there to the tenants' internal APIs and to deployments alone: any other route leads into networks that nobody looked at.",
  remediation:
    "Name the gateway in `transitGateway` of the region's data, the ranges in `internalApis` of its tenants or in `deployers`, and let the region's stack declare the routes.",
  frameworks: [CONTROL.soc2Boundary, CONTROL.isoSegregation, CONTROL.pciNetwork],
  subjects: { types: [ATTACHMENT, ROUTE], where: (it) => it.type === ATTACHMENT || it.has("transitGatewayId") },
  judge: [
    (it, stack) =>
      it.text("transitGatewayId") === waysOf(stack)?.gatewayId
        ? undefined
        : `"${it.name}" must be of the Transit Gateway that the region's data names.`,
    (it, stack) => {
      const ways = waysOf(stack);
      return ways === undefined || parseArn(ways.arn)?.region === it.region
        ? undefined
        : `"${it.name}" must be of a Transit Gateway of its own region.`;
    },
    (it, stack) => {
      if (it.type !== ROUTE) return undefined;
      const { apis = [], deployers = [] } = waysOf(stack) ?? {};
      return [...apis, ...deployers].includes(it.text("destinationCidrBlock") ?? "")
        ? undefined
        : `"${it.name}" must lead to a range of an internal API of the region's tenants, or of deployments.`;
    },
  ],
});

/** Only the region's stack has a network that is attached to something. */
function waysOf({ address }: StackIndex): TransitWays | undefined {
  return address.layer === "region" ? transitWaysOf(address.environment, address.region) : undefined;
}
