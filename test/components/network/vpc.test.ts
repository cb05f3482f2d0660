import { describe, expect, it } from "vitest";
import { Vpc } from "../../../components/network/vpc.ts";
import { planned } from "../planned.ts";

const vpc = () =>
  planned((opts) => new Vpc("vpc", { cidr: "10.7.0.0/16", zoneIds: ["euw1-az1", "euw1-az2", "euw1-az3"] }, opts));

describe("Vpc", () => {
  it("gives every zone a private and a public subnet that hand out no public addresses", async () => {
    const plan = await vpc();
    const subnets = plan.resources.filter((it) => it.type === "aws:ec2/subnet:Subnet");
    expect(subnets.map(({ inputs }) => [inputs["availabilityZoneId"], inputs["cidrBlock"]]).sort()).toEqual([
      ["euw1-az1", "10.7.0.0/19"],
      ["euw1-az1", "10.7.96.0/22"],
      ["euw1-az2", "10.7.100.0/22"],
      ["euw1-az2", "10.7.32.0/19"],
      ["euw1-az3", "10.7.104.0/22"],
      ["euw1-az3", "10.7.64.0/19"],
    ]);
    expect(subnets.map(({ inputs }) => inputs["mapPublicIpOnLaunch"])).toEqual(Array(6).fill(false));
  });

  it("lets each zone leave through its own NAT, so that no zone depends on another", async () => {
    const plan = await vpc();
    for (const zone of ["euw1-az1", "euw1-az2", "euw1-az3"]) {
      const nat = plan.one("aws:ec2/natGateway:NatGateway", `vpc-${zone}`);
      const route = plan.one("aws:ec2/route:Route", `vpc-${zone}-private`);
      expect(route.propertyDependencies?.["natGatewayId"]).toEqual([nat.urn]);
      expect(nat.propertyDependencies?.["subnetId"]).toEqual([
        plan.one("aws:ec2/subnet:Subnet", `vpc-${zone}-public`).urn,
      ]);
    }
  });

  it("watches what is encrypted on its way, and so has load balancers on hardware that encrypts", async () => {
    const plan = await vpc();
    const control = plan.one("aws:ec2/vpcEncryptionControl:VpcEncryptionControl", "vpc");
    expect(control.inputs).toMatchObject({ mode: "monitor" });
    expect(control.propertyDependencies?.["vpcId"]).toEqual([plan.one("aws:ec2/vpc:Vpc", "vpc").urn]);
  });

  it("empties the default security group", async () => {
    const plan = await vpc();
    const group = plan.inputs("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "vpc");
    expect(group).toMatchObject({ ingress: [], egress: [] });
  });
});
