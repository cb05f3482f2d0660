import { CONTROL } from "../../../engine/frameworks.ts";
import { outputOf } from "../../../engine/output.ts";
import type { Placed, Platform } from "../../../engine/platform.ts";
import { proof } from "../../../engine/proof.ts";
import { findBy } from "../../../facts/reach/find.ts";
import { endpointOf, letsThrough } from "../../../facts/reach/private-endpoint.ts";
import { leadsToInternet, natBehind, routeTableOf } from "../../../facts/reach/routes.ts";
import { TYPE } from "../../../facts/resource-types.ts";
import { cutUnless, type HopChecks, walk } from "../checks/walk.ts";

const SUBNET = "aws:ec2/subnet:Subnet";

/** A role of another account than the platform's, as which Amazon ECR signs the addresses of image layers. */
const REGISTRY = "arn:aws:iam::000000000000:role/registry";

/** Nodes join, and layers of images come, by NAT and by the gateway endpoint of S3 (Amazon VPC, "NAT gateways"; Amazon ECR, "S3 gateway endpoint"). */
export const subnetsLeadOut = proof({
  premise: 3,
  id: "subnets-lead-out",
  severity: "high",
  description:
    "Every subnet of a cluster, a runtime or a function has a route to a NAT gateway that has one to the internet, and one to Amazon S3.",
  remediation: "Associate the subnet with a private route table that has a route to a NAT gateway in a public subnet.",
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoNetwork],
  prove: (platform, record) => {
    for (const id of usedSubnets(platform)) {
      const subnet = findBy(platform, SUBNET, "id", id);
      if (subnet !== undefined) walk(record, "subnets-lead-out", subnet, checksOf(platform, subnet));
    }
  },
});

function usedSubnets(platform: Platform): ReadonlySet<string> {
  const of = (type: string, path: string): readonly string[] =>
    platform.ofType(type).flatMap(({ resource }) => resource.texts(path));
  return new Set([
    ...of(TYPE.cluster, "vpcConfig.subnetIds"),
    ...of(TYPE.runtime, "networkConfiguration.networkModeConfig.subnets"),
    ...of(TYPE.function, "vpcConfig.subnetIds"),
  ]);
}

function checksOf(platform: Platform, subnet: Placed): HopChecks<"subnets-lead-out"> {
  const { name } = subnet.resource;
  const table = () => routeTableOf(platform, outputOf(subnet.resource, "id"));
  const nat = () => natBehind(platform, table());
  const s3 = () => endpointOf(platform, subnet.resource.text("vpcId"), "s3");
  return {
    table: () => cutUnless(table() !== undefined, subnet, `"${name}" must be in a route table.`),
    nat: () =>
      cutUnless(
        table() === undefined || nat() !== undefined,
        subnet,
        `"${name}" must have a route to a declared NAT gateway.`,
      ),
    internet: () => {
      const it = nat();
      const mend = `"${it?.resource.name ?? ""}" must be in a subnet with a route to an internet gateway.`;
      return it && cutUnless(leadsToInternet(platform, it), it, mend);
    },
    storage: () => {
      const [it, id] = [s3(), table()];
      if (it === undefined || id === undefined) return undefined;
      const mend = `"${it.resource.name}" must be in the route table of "${name}".`;
      return cutUnless(it.resource.texts("routeTableIds").includes(id), it, mend);
    },
    layers: () => {
      const it = s3();
      const region = subnet.resource.region ?? "";
      const layer = { action: "s3:GetObject", resource: `arn:aws:s3:::prod-${region}-starport-layer-bucket/a` };
      return (
        it &&
        cutUnless(letsThrough(it, REGISTRY, layer), it, `"${it.resource.name}" must let layers of images through.`)
      );
    },
  };
}
