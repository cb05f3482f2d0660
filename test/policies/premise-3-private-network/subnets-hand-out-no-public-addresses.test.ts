import * as aws from "@pulumi/aws";
import { subnetsHandOutNoPublicAddresses } from "../../../policies/premise-3-private-network/subnets-hand-out-no-public-addresses.ts";
import { testRule } from "../../support/rule-tester.ts";
import { planOf, served } from "../programs.ts";

function subnet(args: Partial<aws.ec2.SubnetArgs>): void {
  const opts = served();
  const { id } = new aws.ec2.Vpc("vpc", { cidrBlock: "10.2.0.0/16" }, opts);
  const availabilityZoneId = "euw1-az1";
  new aws.ec2.Subnet("private-a", { vpcId: id, cidrBlock: "10.2.0.0/24", availabilityZoneId, ...args }, opts);
}

testRule(subnetsHandOutNoPublicAddresses, {
  accepts: {
    "a subnet that says so": () => subnet({ mapPublicIpOnLaunch: false }),
    "a subnet that leaves it at AWS's default, which is no": () => subnet({}),
  },
  rejects: {
    "a subnet with public addresses": [
      () => subnet({ mapPublicIpOnLaunch: true }),
      '"private-a" must not give public addresses to what is launched in it.',
    ],
    "a subnet with addresses of version 6": [
      planOf({ type: "aws:ec2/subnet:Subnet", name: "private-a", inputs: { assignIpv6AddressOnCreation: true } }),
      '"private-a" must not give public addresses to what is launched in it.',
    ],
    "a subnet of version 6 alone": [
      planOf({ type: "aws:ec2/subnet:Subnet", name: "private-a", inputs: { ipv6Native: true } }),
      '"private-a" must not give public addresses to what is launched in it.',
    ],
    "the account's default network, where the default is yes": [
      planOf({ type: "aws:ec2/defaultSubnet:DefaultSubnet", name: "lazy" }),
      '"lazy" must be a network of our own, not the account\'s default.',
    ],
  },
});
