import type { Plan, PlannedResource } from "../../plan/model.ts";
import { DESCRIPTIONS } from "../../policies/descriptions/descriptions.ts";
import { pathsOf } from "../../policies/descriptions/description.ts";
import {
  type Change,
  type Described,
  type Mutant,
  mutantOf,
  type Subject,
  withInputs,
  withResource,
} from "./mutant.ts";
import { additionsTo } from "./operators/additions.ts";
import {
  conditionsOf,
  labelOf,
  STATEMENTS,
  type Statement,
  statementsIn,
  withStatements,
} from "./operators/documents.ts";
import { STOPS } from "./operators/stops.ts";
import { type Siblings, VALUES } from "./operators/values.ts";
import { ofWhole } from "./operators/wholes.ts";
import { changedAt, type Leaf, leavesOf } from "./paths.ts";
import { siblingsIn } from "./siblings.ts";

/** Every mutant of the subjects, in the order of the plans; of those that differ in nothing but the place, the first. */
export function mutantsOf(subjects: readonly Subject[]): readonly Mutant[] {
  const all = new Map<string, Mutant>();
  for (const subject of subjects) {
    for (const it of mutantsOfStack(subject)) if (!all.has(it.id)) all.set(it.id, it);
  }
  return [...all.values()];
}

function mutantsOfStack(subject: Subject): readonly Mutant[] {
  const plan = subject.plans.find(({ stack }) => stack === subject.stack);
  if (plan === undefined) throw new TypeError(`${subject.stack} is not planned`);
  const siblings = siblingsIn(plan);
  const ofResources = plan.resources
    .filter(isJudged)
    .flatMap((resource) =>
      [
        ...ofWhole(resource, plan, subject),
        ...leavesOf(resource.inputs).flatMap((leaf) => ofLeaf(leaf, resource, plan, subject, siblings)),
        ...ofStops(resource, plan),
      ].map((it) => mutantOf(it, resource, subject)),
    );
  return [...ofResources, ...additionsTo(plan, subject)];
}

function isJudged({ custom, type }: PlannedResource): boolean {
  return custom && DESCRIPTIONS.has(type) && type !== "pulumi:pulumi:StackReference";
}

function ofLeaf(
  leaf: Leaf,
  resource: PlannedResource,
  plan: Plan,
  subject: Subject,
  siblings: Siblings,
): readonly Change[] {
  const described = describedAs(leaf.plain, resource.type);
  if (described === undefined || described === "inert") return [];
  const to = (operator: string, after: unknown, property = leaf.label): Change => ({
    operator,
    property,
    plain: leaf.plain,
    described,
    before: leaf.value,
    after,
    plans: () => [withResource(plan, resource.urn, changed(resource, leaf, after))],
  });
  const ofValue = Object.entries(VALUES).flatMap(([name, operator]) => {
    const after = operator(leaf.value, subject, siblings);
    return after === leaf.value ? [] : [to(name, after)];
  });
  return [...ofValue, ...ofDocument(leaf, subject, to)];
}

function ofDocument(
  { label, value }: Leaf,
  subject: Subject,
  to: (operator: string, after: unknown, property: string) => Change,
): readonly Change[] {
  const statements = statementsIn(value) ?? [];
  return statements.flatMap((statement, i) => {
    const property = `${label} "${labelOf(statement)}"`;
    const put = (name: string, inPlace: readonly Statement[]): Change =>
      to(name, withStatements(value, [...statements.slice(0, i), ...inPlace, ...statements.slice(i + 1)]), property);
    const ofStatement = Object.entries(STATEMENTS).flatMap(([name, operator]) => {
      const after = operator(statement, subject);
      return after === undefined ? [] : [put(name, after)];
    });
    return [...ofStatement, ...conditionsOf(statement).map(([name, after]) => put(name, [after]))];
  });
}

function ofStops(resource: PlannedResource, plan: Plan): readonly Change[] {
  return STOPS.filter(({ type }) => type === resource.type).map(({ path, value, operator }) => ({
    operator,
    property: path.join("."),
    described: "inert",
    after: value,
    plans: () => {
      const inputs = changedAt(resource.inputs, path, () => value) as PlannedResource["inputs"];
      return [withResource(plan, resource.urn, withInputs(resource, inputs))];
    },
  }));
}

/** The resource after the change. What nobody knows comes from nowhere. */
function changed(resource: PlannedResource, { path }: Leaf, after: unknown): PlannedResource {
  const inputs = changedAt(resource.inputs, path, () => after) as PlannedResource["inputs"];
  const it = withInputs(resource, inputs);
  if (typeof after !== "symbol") return it;
  const [input = ""] = path;
  return { ...it, propertyDependencies: { ...it.propertyDependencies, [input]: [] } };
}

/** How the type's description speaks of the property: by itself or as a part of what it names. */
function describedAs(plain: string, type: string): Described | undefined {
  const description = DESCRIPTIONS.get(type) ?? {};
  const named = pathsOf(description).find((it) => plain === it || plain.startsWith(`${it}.`));
  if (named === undefined) return undefined;
  if (description.read?.includes(named) === true) return "read";
  if (description.accepts !== undefined && named in description.accepts) return "accepts";
  return description.unread !== undefined && named in description.unread ? "unread" : "inert";
}
