import type { ResourceView } from "../engine/resource-view.ts";
import { DESCRIPTIONS } from "../descriptions/descriptions.ts";
import { isRecord } from "../../contracts/json.ts";

/** A text among the inputs of a resource, and its path without positions in lists. */
export interface Text {
  readonly path: string;
  readonly text: string;
}

const NONE: ReadonlySet<string> = new Set();

const INERT: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  [...DESCRIPTIONS].map(([type, { inert = {} }]) => [type, new Set(Object.keys(inert))]),
);

/**
 * Every text that the inputs hold, but for those of which the type's description says that nothing follows from them. What is not known
 * yet is none: the rules that read its property judge where it comes from.
 */
export function textsOf({ resource, type }: ResourceView): readonly Text[] {
  return textsIn(resource.inputs, "", INERT.get(type) ?? NONE);
}

function textsIn(value: unknown, path: string, inert: ReadonlySet<string>): readonly Text[] {
  if (inert.has(path)) return [];
  if (typeof value === "string") return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((it) => textsIn(it, path, inert));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, it]) => textsIn(it, path === "" ? key : `${path}.${key}`, inert));
}
