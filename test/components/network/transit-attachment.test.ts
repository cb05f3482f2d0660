import { describe, expect, it } from "vitest";
import { TransitAttachment } from "../../../components/network/transit-attachment.ts";
import { Vpc } from "../../../components/network/vpc.ts";
import { planned } from "../planned.ts";

const GATEWAY = "tgw-0123456789abcdef0";
const ATTACHMENT = "aws:ec2transitgateway/vpcAttachment:VpcAttachment";
const ROUTE = "aws:ec2/route:Route";

const transit = () =>
  planned((opts) => {
    const vpc = new Vpc("vpc", { cidr: "10.7.0.0/16", zoneIds: ["euw1-az1", "euw1-az2"] }, opts);
    const ranges = { apis: ["10.200.8.0/24", "172.16.4.0/24"], deployers: ["10.250.0.0/24"] };
    new TransitAttachment("transit", { vpc, gatewayId: GATEWAY, ...ranges }, opts);
  });

describe("TransitAttachment", () => {
  it("attaches the network to the gateway in each zone, without groups of other networks", async () => {
    const plan = await transit();
    const attachment = plan.one(ATTACHMENT, "transit");
    expect(attachment.inputs).toMatchObject({
      transitGatewayId: GATEWAY,
      securityGroupReferencingSupport: "disable",
    });
    expect(attachment.propertyDependencies?.["subnetIds"]?.toSorted()).toEqual(
      ["euw1-az1", "euw1-az2"].map((zone) => plan.one("aws:ec2/subnet:Subnet", `vpc-${zone}-private`).urn),
    );
  });

  it("leads from private subnets to APIs and deployments, and from public ones to deployments alone", async () => {
    const plan = await transit();
    const routes = plan.names(ROUTE).filter((name) => name.startsWith("transit-"));
    expect(routes).toEqual([
      "transit-euw1-az1-private-10-200-8-0-24",
      "transit-euw1-az1-private-10-250-0-0-24",
      "transit-euw1-az1-private-172-16-4-0-24",
      "transit-euw1-az2-private-10-200-8-0-24",
      "transit-euw1-az2-private-10-250-0-0-24",
      "transit-euw1-az2-private-172-16-4-0-24",
      "transit-public-10-250-0-0-24",
    ]);
    for (const name of routes) {
      const route = plan.one(ROUTE, name);
      expect(route.inputs).toMatchObject({ transitGatewayId: GATEWAY });
      expect(route.dependencies).toContain(plan.one(ATTACHMENT, "transit").urn);
    }
  });
});
