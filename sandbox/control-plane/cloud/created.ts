import { type Behaviour, type Draft, hex } from "../behaviours/behaviour.ts";
import type { ResourceSpec } from "../catalogue/spec.ts";
import { type Values, isRecord } from "../wire.ts";

/** What a resource is, once it is made. */
export interface Made {
  readonly id: string;
  readonly outputs: Values;
}

/** The id and outputs of a resource: its inputs, the caller's tags, its region, and what its behaviour adds. */
export function complete(
  draft: Draft,
  spec: ResourceSpec,
  behaviour: Behaviour,
  defaultTags: Readonly<Record<string, string>>,
): Made {
  const id = behaviour.id(draft);
  const { inputs } = draft;
  const tags = { ...defaultTags, ...(isRecord(inputs["tags"]) ? inputs["tags"] : {}) };
  const common = { region: draft.region, tagsAll: tags };
  const shared = Object.entries(common).filter(([key]) => spec.outputs.includes(key) && inputs[key] === undefined);
  return { id, outputs: { ...inputs, ...Object.fromEntries(shared), ...behaviour.outputs?.({ ...draft, id }) } };
}

/** The name that the sandbox gives to what has none. */
export function autonameOf(draft: Draft): string {
  return `${draft.name}-${hex(draft, 7, "name")}`;
}

/** Whether the resource bears a name that the program chose, so that its successor cannot exist beside it. */
export function bearsFixedName(draft: Draft, behaviour: Behaviour, before: Values): boolean {
  if (draft.type.startsWith("kubernetes:")) return true;
  if (behaviour.unique === undefined) return false;
  const { autoname } = behaviour;
  if (autoname === undefined || !behaviour.unique.some((it) => it.split("+").includes(autoname))) return true;
  return !Array.from({ length: 10 }, (_, generation) => autonameOf({ ...draft, generation })).includes(
    String(before[autoname]),
  );
}
