import type { Plan, PlannedResource } from "../../plan/model.ts";
import type { Siblings } from "./operators/values.ts";

/** Outputs by which resources name each other. */
const NAMES = ["arn", "id", "name", "agentRuntimeId", "agentRuntimeArn", "gatewayId", "gatewayArn", "policyEngineId"];

/** For each name of a resource of the plan, the same name of the next resource of its type. */
export function siblingsIn(plan: Plan): Siblings {
  const pairs = [...Map.groupBy(plan.resources, ({ type }) => type).values()].flatMap((same) =>
    same.flatMap((it, i) => pairsOf(it, same[(i + 1) % same.length])),
  );
  // Of a name that two types use, the first is meant.
  return new Map(pairs.toReversed());
}

function pairsOf(it: PlannedResource, next: PlannedResource | undefined): readonly (readonly [string, string])[] {
  return NAMES.flatMap((name) => {
    const [own, other] = [it.outputs?.[name], next?.outputs?.[name]];
    return typeof own === "string" && typeof other === "string" && own !== other ? [[own, other] as const] : [];
  });
}
