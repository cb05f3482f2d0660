import { type Residency, residencies, residencyOf } from "../../environments/residency.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { mayBeIn, regionsIn } from "../facts/geography.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { every } from "../engine/three-values.ts";
import type { Value } from "../engine/value.ts";

const RECORD = "aws:route53/record:Record";

export const namesStayInTheResidency = rule({
  premise: "residency",
  id: "names-stay-in-the-residency",
  severity: "critical",
  description:
    "A name of a residency leads to its regions only, also when one of them fails or people are led by where they are, and is written by its own stacks.",
  remediation:
    "Fail over to the standby region of the set, and lead to no other region and to no name of another residency.",
  frameworks: [CONTROL.gdprTransfers, CONTROL.isoPrivacy, CONTROL.soc2Transmission],
  subjects: { types: [RECORD], where: (it, stack) => residencyFor(it, stack) !== undefined },
  judge: [
    (it, stack) => {
      const residency = residencyFor(it, stack);
      const { domain } = stack.address.environment;
      const stays = (target: () => string | undefined): boolean =>
        residency === undefined || (staysIn(target, residency) && isNoOther(target(), residency, domain));
      return every(targetsOf(it), stays) ? undefined : `"${it.name}" must lead to the residency "${residency}" only.`;
    },
    (it, { residency, address }) =>
      residency === undefined || isNoOther(it.text("name"), residency, address.environment.domain)
        ? undefined
        : `"${it.name}" must be a name of the residency "${residency}", or of none.`,
  ],
});

/** The residency of the stack; in an environment's own, that of the region in the record's name. */
function residencyFor(it: ResourceView, stack: StackIndex): Residency | undefined {
  const [region = ""] = stack.residency === undefined ? regionsIn(it.text("name") ?? "") : [];
  return stack.residency ?? residencyOf(region);
}

/** What a record leads to: hosts, and regions by which it chooses. */
function targetsOf(it: ResourceView): readonly (() => string | undefined)[] {
  const texts = (values: readonly Value[], path: string): (() => string | undefined)[] =>
    values.map((value) => () => value.text(path));
  return [
    ...texts(it.list("records"), ""),
    ...texts(it.list("aliases"), "name"),
    ...texts(it.list("latencyRoutingPolicies"), "region"),
    ...texts(it.list("geoproximityRoutingPolicy"), "awsRegion"),
  ];
}

/** Whether a name is not one of another residency: `b2c.eu.agents.example.com` is of "eu". */
function isNoOther(name: string | undefined, residency: Residency, domain: string): boolean {
  const host = (name ?? "").toLowerCase().replace(/\.$/, "");
  if (!host.endsWith(`.${domain}`)) return true;
  const label = host
    .slice(0, -domain.length - 1)
    .split(".")
    .at(-1);
  return label === residency || !residencies.some((it) => it === label);
}

function staysIn(target: () => string | undefined, residency: Residency): boolean {
  return regionsIn(target() ?? "").every((region) => mayBeIn(region, residency));
}
