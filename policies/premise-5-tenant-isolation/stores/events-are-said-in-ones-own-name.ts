import { CONTROL } from "../../engine/frameworks.ts";
import { candidates } from "../../engine/lookup.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { rule } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { every, some } from "../../engine/three-values.ts";
import { grantsOf } from "../../facts/grants/documents.ts";
import { isPattern } from "../../facts/grants/language/patterns.ts";
import type { Statement } from "../../facts/policy-document.ts";
import { TYPE } from "../../facts/resource-types.ts";

const GRANTING = [TYPE.rolePolicy, TYPE.role];
const SAY = "events:PutEvents";

export const eventsAreSaidInOnesOwnName = rule({
  premise: 5,
  id: "events-are-said-in-ones-own-name",
  severity: "critical",
  description:
    "A role of a tenant says events under one source, which no other role may use: who hears an event of an agent believes that source.",
  remediation: "Allow events:PutEvents with StringEquals events:source, of one source that is the role's alone.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoAccessRestriction, CONTROL.isoSegregation],
  subjects: { types: GRANTING, where: (_, stack) => stack.tenant !== undefined },
  judge: [
    (it) =>
      every(sayingOf(it), (one) => sourceOf(one) !== undefined)
        ? undefined
        : `"${it.name}" must allow ${SAY} under one events:source alone.`,
    (it, stack) => {
      const shared = some(sayingOf(it), (one) => isUsedByOthers(sourceOf(one), it, stack));
      return shared ? `"${it.name}" must allow ${SAY} under a source that no other role may use.` : undefined;
    },
  ],
});

/** The statements by which whoever has them may say events. */
function sayingOf(it: ResourceView): readonly Statement[] {
  return grantsOf(it).filter((one) => one.touches(SAY));
}

/** The one source under which a statement lets say events; `undefined` where it lets several be used, or any. */
function sourceOf({ conditions }: Statement): string | undefined {
  const of = conditions.filter(
    ({ operator, key }) => operator === "StringEquals" && key.toLowerCase() === "events:source",
  );
  const [source, ...others] = of.flatMap(({ values }) => values);
  return source === undefined || others.length > 0 || isPattern(source) ? undefined : source;
}

const sayersUnder = candidates(GRANTING, (it) => sayingOf(it).map(sourceOf));

function isUsedByOthers(source: string | undefined, it: ResourceView, stack: StackIndex): boolean {
  if (source === undefined) return false;
  return some(
    sayersUnder(stack, () => source).filter((one) => one.urn !== it.urn),
    (one) => some(sayingOf(one), (other) => sourceOf(other) === source) && roleOf(one) !== roleOf(it),
  );
}

/** The name of the role that gets what a resource grants. */
function roleOf(it: ResourceView): string | undefined {
  return it.type === TYPE.role ? it.text("name") : it.text("role");
}
