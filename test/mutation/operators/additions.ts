import type { Plan, PlannedResource } from "../../../plan/model.ts";
import { type Mutant, mutantOf, type Subject, withInputs } from "../mutant.ts";
import { ADDED_GRANTS } from "./added-grants.ts";
import { ADDED_RESOURCES } from "./added-resources.ts";

/** What can be added to a plan: of each addition whose type it holds, a copy of the first resource of the type. */
export function additionsTo(plan: Plan, subject: Subject): readonly Mutant[] {
  return [...ADDED_GRANTS, ...ADDED_RESOURCES].flatMap(({ type, operator, inputs }) => {
    const first = plan.resources.find((it) => it.type === type);
    if (first === undefined) return [];
    const more = secondOf(first, inputs(subject));
    const plans = (): readonly Plan[] => [{ ...plan, resources: [...plan.resources, more] }];
    return [mutantOf({ operator, property: "itself", described: "whole", plans }, more, subject)];
  });
}

function secondOf(first: PlannedResource, changes: Readonly<Record<string, unknown>>): PlannedResource {
  const inputs = Object.fromEntries(
    Object.entries({ ...first.inputs, ...changes }).filter(([, value]) => value !== undefined),
  );
  const more = withInputs(first, inputs);
  const outputs = Object.entries(more.outputs ?? {}).map(([key, value]): [string, unknown] => [
    key,
    /^(?:id|arn|.*Id|.*Arn)$/.test(key) && typeof value === "string" && !(key in inputs) ? `${value}2` : value,
  ]);
  return {
    ...more,
    urn: `${first.urn}-one-more`,
    name: `${first.name}-one-more`,
    outputs: Object.fromEntries(outputs),
  };
}
