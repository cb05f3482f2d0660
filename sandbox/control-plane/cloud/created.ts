import { isRecord } from "../../../contracts/json.ts";
import { type Draft, type Naming, hex } from "../behaviours/behaviour.ts";
import { isObject } from "../behaviours/kubernetes.ts";
import type { Values } from "../wire.ts";
import type { TypeDefinition } from "./type-definition.ts";

/** What the cloud answers for a resource that was created, or would be. */
export interface Created {
  readonly id: string;
  readonly outputs: Values;
}

/** The id and outputs of a resource: its inputs, the provider's default tags, its region, and what its behaviour adds. */
export function createdFrom(
  draft: Draft,
  { spec, behaviour }: TypeDefinition,
  defaultTags: Readonly<Record<string, string>>,
): Created {
  const id = behaviour.id(draft);
  const { inputs } = draft;
  const tags = { ...defaultTags, ...(isRecord(inputs["tags"]) ? inputs["tags"] : {}) };
  const common = { ...(spec.computed["region"] === "string" ? { region: draft.region } : {}), tagsAll: tags };
  const shared = Object.entries(common).filter(([key]) => spec.outputs.includes(key) && inputs[key] === undefined);
  return { id, outputs: { ...inputs, ...Object.fromEntries(shared), ...behaviour.outputs?.({ ...draft, id }) } };
}

/** The physical name of a resource whose program gave none: its logical name and 7 hex digits, as Pulumi's own autonaming. */
export function autonameOf(draft: Draft, { separator }: Naming): string {
  const name = separator === undefined ? draft.name : draft.name.replaceAll("-", separator);
  return `${name}${separator ?? "-"}${hex(draft, 7, "name")}`;
}

/** Whether the program chose the unique name of a resource, so that its replacement cannot exist at the same time. */
export function hasFixedName(draft: Draft, naming: Naming, before: Values): boolean {
  const { autoname, unique } = naming;
  if (isObject(draft.type)) return true;
  if (unique === undefined) return false;
  if (autoname === undefined || !unique.some((it) => it.split("+").includes(autoname))) return true;
  return !Array.from({ length: 10 }, (_, generation) => autonameOf({ ...draft, generation }, naming)).includes(
    String(before[autoname]),
  );
}
