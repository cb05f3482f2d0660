import { CONTROL } from "../../engine/frameworks.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { type Fault, rule } from "../../engine/rule.ts";
import { every } from "../../engine/three-values.ts";
import type { Value } from "../../engine/value.ts";
import { TYPE } from "../../facts/resource-types.ts";

const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const LISTENER = "aws:lb/listener:Listener";
const LISTENER_RULE = "aws:lb/listenerRule:ListenerRule";

/** The numbers by which a load balancer orders its rules (Elastic Load Balancing API reference, `CreateRule`). */
const MOST_RULES = 50_000;

/** What each type must say, so that it is a part of the network and opens one port. */
const WHOLE: Readonly<Record<string, (it: ResourceView) => Fault>> = {
  [TYPE.vpcEndpoint]: (it) =>
    it.text("vpcEndpointType") !== "Interface" || (isFilled(it, "securityGroupIds") && isFilled(it, "subnetIds"))
      ? undefined
      : `"${it.name}" must be in subnets, and in a security group.`,
  [TYPE.function]: (it) =>
    !it.has("vpcConfig") || (isFilled(it, "vpcConfig.securityGroupIds") && isFilled(it, "vpcConfig.subnetIds"))
      ? undefined
      : `"${it.name}" must be in subnets, and in a security group.`,
  [TYPE.securityGroup]: (it) =>
    every(it.list("ingress"), (one) => opensOnePort(one) && namesRanges(one)) &&
    every(it.list("egress"), (one) => namesSomebody(one) && namesRanges(one))
      ? undefined
      : `"${it.name}" must open one port in each of its rules, and say to whom.`,
  [INGRESS]: (it) => (opensOnePort(it) ? undefined : `"${it.name}" must open one port.`),
  [LISTENER]: (it) =>
    it.text("protocol") !== "HTTPS" || (it.has("certificateArn") && it.has("sslPolicy"))
      ? undefined
      : `"${it.name}" must have a certificate and a policy of TLS.`,
  [LISTENER_RULE]: (it) => {
    const priority = it.number("priority") ?? 0;
    const isPath = every(
      it.list("conditions"),
      (one) => !one.has("pathPattern") || isFilled(one, "pathPattern.values"),
    );
    return priority >= 1 && priority <= MOST_RULES && isPath
      ? undefined
      : `"${it.name}" must have a priority from 1 to ${MOST_RULES}, and a path in each condition on paths.`;
  },
};

export const partsOfTheNetworkAreWhole = rule({
  premise: 3,
  id: "parts-of-the-network-are-whole",
  severity: "high",
  description:
    "What is a part of the network says where: endpoints and functions their subnets and groups, groups one port and a peer in each rule, listeners their certificate, rules their order.",
  remediation: "Set what the finding names.",
  frameworks: [CONTROL.soc2Boundary, CONTROL.isoNetwork, CONTROL.pciNetwork],
  subjects: { types: Object.keys(WHOLE) },
  judge: (it) => WHOLE[it.type]?.(it),
});

function isFilled(it: Value, path: string): boolean {
  return it.list(path).length > 0;
}

function opensOnePort(it: Value): boolean {
  const from = it.number("fromPort");
  return from !== undefined && from > 0 && from <= 65_535 && from === it.number("toPort");
}

function namesRanges(it: Value): boolean {
  return it.texts("cidrBlocks").every((range) => /^\d+(?:\.\d+){3}\/\d+$/.test(range));
}

function namesSomebody(it: Value): boolean {
  return ["cidrBlocks", "ipv6CidrBlocks", "prefixListIds", "securityGroups"].some((peer) => isFilled(it, peer));
}
