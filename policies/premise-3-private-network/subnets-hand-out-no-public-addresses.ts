import { CONTROL } from "../engine/frameworks.ts";
import { rule } from "../engine/rule.ts";

const SUBNET = "aws:ec2/subnet:Subnet";

/** What makes a subnet give out addresses that are routed on the internet; all of version 6 are. */
const HANDS_OUT = ["mapPublicIpOnLaunch", "assignIpv6AddressOnCreation", "ipv6Native"];

/** The default network of every AWS account, whose subnets give out public addresses unless they are configured otherwise. */
const DEFAULT_NETWORK = ["aws:ec2/defaultSubnet:DefaultSubnet", "aws:ec2/defaultVpc:DefaultVpc"];

export const subnetsHandOutNoPublicAddresses = rule({
  premise: 3,
  id: "subnets-hand-out-no-public-addresses",
  severity: "high",
  description: "Nothing that is launched into a subnet becomes reachable from the internet by itself.",
  remediation:
    "Leave `mapPublicIpOnLaunch`, `assignIpv6AddressOnCreation` and `ipv6Native` out or false, and use no default subnet or VPC.",
  frameworks: [CONTROL.soc2Boundary, CONTROL.isoNetwork, CONTROL.pciNetwork],
  subjects: { types: [SUBNET, ...DEFAULT_NETWORK] },
  judge: (it) => {
    if (it.type !== SUBNET) return `"${it.name}" must be a network of our own, not the account's default.`;
    const isPrivate = HANDS_OUT.every((input) => it.at(input) === undefined || it.flag(input) === false);
    return isPrivate ? undefined : `"${it.name}" must not give public addresses to what is launched in it.`;
  },
});
