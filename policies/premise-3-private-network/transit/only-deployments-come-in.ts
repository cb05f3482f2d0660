import { contains } from "../../../contracts/network/address-range.ts";
import { PRIVATE_RANGES } from "../../../contracts/network/public-ranges.ts";
import { transitWaysOf } from "../../../environments/networks/transit-ways.ts";
import { CONTROL } from "../../engine/frameworks.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { rule } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { every } from "../../engine/three-values.ts";
import type { Value } from "../../engine/value.ts";
import { RANGES, RULE_TYPE } from "../../facts/network/security-groups.ts";
import { TYPE } from "../../facts/resource-types.ts";

const HTTPS = 443;

export const onlyDeploymentsComeIn = rule({
  premise: 3,
  id: "only-deployments-come-in",
  severity: "critical",
  description:
    "What comes in from private addresses beyond the VPC is a deployment, by HTTPS, to what the region's stack has: a network of the company that is reached does not reach back.",
  remediation: "Admit ranges within the VPC, or those of `transitGateway.deployers` on port 443 in the region's stack.",
  frameworks: [CONTROL.soc2Boundary, CONTROL.isoNetwork, CONTROL.pciNetwork],
  subjects: {
    types: [TYPE.securityGroup, RULE_TYPE.ingress, RULE_TYPE.any],
    where: (it) => it.type !== RULE_TYPE.any || it.text("type") !== "egress",
  },
  judge: (it, stack) =>
    every(sourcesIn(it), ({ rule: from, range }) => isInside(range, stack) || isDeployment(from, range, stack))
      ? undefined
      : `"${it.name}" must admit private addresses of its VPC alone, or deployments by HTTPS.`,
});

function sourcesIn(it: ResourceView): readonly { readonly rule: Value; readonly range: string }[] {
  const rules: readonly Value[] = it.type === TYPE.securityGroup ? it.list("ingress") : [it];
  return rules.flatMap((one) => RANGES.flatMap((path) => one.texts(path)).map((range) => ({ rule: one, range })));
}

/** Whether a range is not private, or of the stack's VPC; who of the internet comes in, another rule judges. */
function isInside(range: string, { address }: StackIndex): boolean {
  const isOwn = address.layer !== "environment" && contains(address.settings.cidr, range);
  return isOwn || !PRIVATE_RANGES.some((it) => contains(it, range));
}

function isDeployment(from: Value, range: string, { address }: StackIndex): boolean {
  const ways = address.layer === "region" ? transitWaysOf(address.environment, address.region) : undefined;
  const isHttps = from.number("fromPort") === HTTPS && from.number("toPort") === HTTPS;
  return isHttps && ways?.deployers.includes(range) === true;
}
