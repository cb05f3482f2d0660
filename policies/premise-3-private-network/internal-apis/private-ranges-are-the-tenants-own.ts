import { contains, overlaps } from "../../../contracts/network/address-range.ts";
import { PRIVATE_RANGES } from "../../../contracts/network/public-ranges.ts";
import { SERVICE_CIDR } from "../../../contracts/network/service-addresses.ts";
import { internalApisIn, type OwnedApi } from "../../../environments/networks/internal-apis-in.ts";
import { CONTROL } from "../../engine/frameworks.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { rule } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { every, some } from "../../engine/three-values.ts";
import type { Value } from "../../engine/value.ts";
import { attachedTo, RANGES, RULE_TYPE } from "../../facts/network/security-groups.ts";
import { byOutput, referenceOf, referred } from "../../facts/reference.ts";
import { TYPE } from "../../facts/resource-types.ts";
import { backendsOf } from "../../facts/settings/backends.ts";

const HTTPS = 443;

/** A way out of a security group, a rule of one, or a network policy, and a range to which it leads. */
interface Way {
  readonly rule: Value;
  readonly range: string;
}

export const privateRangesAreTheTenantsOwn = rule({
  premise: 3,
  id: "private-ranges-are-the-tenants-own",
  severity: "critical",
  description:
    "Beyond its VPC, traffic goes to public addresses and, by HTTPS, to the ranges of the tenant's own internal APIs from the server that calls them: a wider range leads into networks of other tenants.",
  remediation:
    "Name the public ranges in place of 0.0.0.0/0, and the ranges of `internalApis` in the security group of the API integration server alone.",
  frameworks: [CONTROL.soc2Boundary, CONTROL.isoSegregation, CONTROL.pciNetwork],
  subjects: {
    types: [TYPE.securityGroup, RULE_TYPE.egress, RULE_TYPE.any, TYPE.networkPolicy],
    where: (it) => it.type !== RULE_TYPE.any || it.text("type") === "egress",
  },
  judge: [
    (it, stack) => {
      const foreign = apis(stack).filter(({ tenant }) => tenant !== stack.tenant);
      const into = foreign.find(({ ranges }) =>
        some(waysOut(it), (way) => ranges.some((range) => overlaps(way.range, range))),
      );
      return into && `"${it.name}" must not let traffic out into the network of tenant "${into.tenant}".`;
    },
    (it, stack) => {
      const own = apis(stack).filter(({ tenant }) => tenant === stack.tenant);
      return every(waysOut(it), (way) => isInside(way, stack) || isOwn(way, it, { own, stack }))
        ? undefined
        : `"${it.name}" must let traffic out to private addresses in its VPC, or of the tenant's internal APIs from the server that calls them.`;
    },
  ],
});

function apis({ address }: StackIndex): readonly OwnedApi[] {
  const { environment } = address;
  return address.layer === "environment" ? [] : internalApisIn(environment, address.region);
}

function waysOut(it: ResourceView): readonly Way[] {
  if (it.type === TYPE.networkPolicy)
    return it
      .list("spec.egress")
      .flatMap((rule) => rule.list("to").map((peer) => ({ rule, range: peer.text("ipBlock.cidr") ?? "" })));
  const rules: readonly Value[] = it.type === TYPE.securityGroup ? it.list("egress") : [it];
  return rules.flatMap((rule) => RANGES.flatMap((path) => rule.texts(path)).map((range) => ({ rule, range })));
}

/** Whether a range has no private address but those of the stack's VPC and of the Services of its cluster. */
function isInside({ range }: Way, { address }: StackIndex): boolean {
  const known = address.layer === "environment" ? [SERVICE_CIDR] : [address.settings.cidr, SERVICE_CIDR];
  return known.some((it) => contains(it, range)) || !PRIVATE_RANGES.some((it) => overlaps(it, range));
}

/** Whether a range is of an API that everything in the group calls, by HTTPS. */
function isOwn(
  { rule, range }: Way,
  it: ResourceView,
  { own, stack }: { readonly own: readonly OwnedApi[]; readonly stack: StackIndex },
): boolean {
  const api = own.find(({ ranges }) => ranges.includes(range));
  if (api === undefined || rule.number("fromPort") !== HTTPS || rule.number("toPort") !== HTTPS) return false;
  const group =
    it.type === TYPE.securityGroup
      ? it
      : referred(referenceOf(it, "securityGroupId"), byOutput(TYPE.securityGroup, "id"), stack);
  const attached = group === undefined ? [] : attachedTo(group, stack);
  return attached.length > 0 && every(attached, (one) => callsAt(one, api));
}

function callsAt(it: ResourceView, { host }: OwnedApi): boolean {
  return backendsOf(it).some(({ baseUrl }) => baseUrl === `https://${host}`);
}
