import { STOCK } from "../../synthetic/internal-apis-environment.ts";
import { type Edit, type Inputs, set } from "../edits.ts";

/** The server of APIs, each version of which is told of the internal ones. */
const SERVER = /^mcp-api-integration-v\d+$/;

/** Where what calls an internal API of the first tenant is cut off from it. */
export const SERVERS_REACH_INTERNAL_APIS: Readonly<Record<string, Edit>> = {
  name: { type: "aws:route53/record:Record", name: "internal-api-first-inventory" },
  allowed: {
    type: "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList",
    name: "name-firewall-allowed",
    change: (it: Inputs) => {
      it["domains"] = (it["domains"] as string[]).filter((name) => name !== STOCK.host);
    },
  },
  within: {
    type: "aws:route53/record:Record",
    name: "internal-api-first-inventory",
    change: set(["records"], ["10.200.9.10"]),
  },
  send: { type: "aws:ec2/securityGroup:SecurityGroup", name: SERVER, change: set(["egress"], []) },
  route: { type: "aws:ec2/route:Route", name: /^transit-euw1-.*-10-200-8-0-24$/ },
  attachment: {
    type: "aws:ec2transitgateway/vpcAttachment:VpcAttachment",
    name: "transit",
    change: (it: Inputs) => {
      it["subnetIds"] = (it["subnetIds"] as string[]).slice(1);
    },
  },
};
