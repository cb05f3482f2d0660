import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import { rule } from "../engine/rule.ts";

const NETWORK = "networkConfiguration";

export const runtimesRunInTheVpc = rule({
  premise: 3,
  id: "runtimes-run-in-the-vpc",
  severity: "critical",
  description: "A runtime reaches databases, caches and internal APIs from inside the VPC, not over a public network.",
  remediation: "Set `networkMode` to VPC, with private subnets and a security group.",
  frameworks: [CONTROL.soc2Boundary, CONTROL.isoNetwork, CONTROL.pciNetwork],
  subjects: { types: [TYPE.runtime] },
  foreign: "all",
  judge: [
    (it) =>
      it.text(`${NETWORK}.networkMode`) === "VPC" ? undefined : `"${it.name}" must run in the network mode VPC.`,
    (it) =>
      ["subnets", "securityGroups"].every((list) => it.list(`${NETWORK}.networkModeConfig.${list}`).length > 0)
        ? undefined
        : `"${it.name}" must name its subnets and security groups.`,
  ],
});
