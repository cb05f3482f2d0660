import { runtimesRunInTheVpc } from "../../../policies/premise-3-private-network/runtimes-run-in-the-vpc.ts";
import { testRule } from "../../support/rule-tester.ts";
import { runtimeOf, served } from "../programs.ts";

const NETWORK = '"database" must name its subnets and security groups.';

testRule(runtimesRunInTheVpc, {
  accepts: { "a runtime in subnets of the VPC": () => void runtimeOf("database", served()) },
  rejects: {
    "a runtime on the public network": [
      () => void runtimeOf("database", served(), { networkConfiguration: { networkMode: "PUBLIC" } }),
      '"database" must run in the network mode VPC.',
      NETWORK,
    ],
    "a runtime without subnets": [
      () => void runtimeOf("database", served(), { networkConfiguration: { networkMode: "VPC" } }),
      NETWORK,
    ],
  },
});
