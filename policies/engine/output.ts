import { UNKNOWN } from "../../plan/model.ts";
import type { ResourceView } from "./resource-view.ts";
import { UnknownValue } from "./three-values.ts";
import { Value } from "./value.ts";

/** What a resource will answer, by path; throws `UnknownValue` for what only its creation tells. */
export function outputOf(it: ResourceView, path: string): string {
  const text = new Value(it.resource.outputs ?? UNKNOWN, "outputs").text(path);
  if (text === undefined) throw new UnknownValue(`outputs.${path}`);
  return text;
}
