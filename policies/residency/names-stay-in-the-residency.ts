import { type Residency, residencyOf } from "../../environments/residency.ts";
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
  description: "A name of a residency leads to its regions only, also when one of them fails.",
  remediation: "Fail over to the standby region of the set, and route by no other region.",
  frameworks: [CONTROL.gdprTransfers, CONTROL.isoPrivacy, CONTROL.soc2Transmission],
  subjects: { types: [RECORD], where: (it, stack) => residencyFor(it, stack) !== undefined },
  judge: (it, stack) => {
    const residency = residencyFor(it, stack);
    return residency === undefined || every(targetsOf(it), (target) => staysIn(target, residency))
      ? undefined
      : `"${it.name}" must lead to the residency "${residency}" only.`;
  },
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

function staysIn(target: () => string | undefined, residency: Residency): boolean {
  return regionsIn(target() ?? "").every((region) => mayBeIn(region, residency));
}
