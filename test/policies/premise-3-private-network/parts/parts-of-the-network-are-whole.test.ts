import { partsOfTheNetworkAreWhole } from "../../../../policies/premise-3-private-network/parts/parts-of-the-network-are-whole.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { shipped, shippedWith } from "../../edited-plans.ts";
import { set } from "../../proofs/edits.ts";

const REGION = "production.eu-west-1";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const onePort = (name: string): string => `"${name}" must open one port in each of its rules, and say to whom.`;

testRule(partsOfTheNetworkAreWhole, {
  accepts: { "the network of a region": shipped(REGION) },
  rejects: {
    "an endpoint in no subnet": [
      shippedWith(REGION, "aws:ec2/vpcEndpoint:VpcEndpoint", "endpoints-kms", set(["subnetIds"], [])),
      '"endpoints-kms" must be in subnets, and in a security group.',
    ],
    "a function in no group": [
      shippedWith(REGION, "aws:lambda/function:Function", "keycloak-login", set(["vpcConfig", "securityGroupIds"], [])),
      '"keycloak-login" must be in subnets, and in a security group.',
    ],
    "a group that opens many ports": [
      shippedWith(REGION, GROUP, "endpoints", set(["ingress", "0", "fromPort"], 0)),
      onePort("endpoints"),
    ],
    "a group that lets out to nobody": [
      shippedWith(REGION, GROUP, "keycloak-login", set(["egress", "0", "cidrBlocks"], undefined)),
      onePort("keycloak-login"),
    ],
    "a group that admits a range that is none": [
      shippedWith(REGION, GROUP, "endpoints", set(["ingress", "0", "cidrBlocks"], ["10.2.0.0/16x"])),
      onePort("endpoints"),
    ],
    "a rule that opens many ports": [
      shippedWith(
        REGION,
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        "keycloak",
        set(["toPort"], 65_535),
      ),
      '"keycloak" must open one port.',
    ],
  },
});
