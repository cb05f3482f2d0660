import type { ResourceView } from "../../engine/resource-view.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { unlessUnknown } from "../../engine/three-values.ts";
import { byOutput, referred } from "../reference.ts";
import { TYPE } from "../resource-types.ts";
import { inputOfSettings } from "../workloads.ts";

/** The client of an id; while a deployment does not yet know whose the id is, those of which the settings of the workload are made. */
export function clientsOf(id: string, of: ResourceView, stack: StackIndex): readonly ResourceView[] {
  const input = inputOfSettings(of);
  return unlessUnknown(
    () => {
      const client = referred({ of, input, read: () => id }, byOutput(TYPE.userPoolClient, "id"), stack);
      return client === undefined ? [] : [client];
    },
    () => stack.linked(of, input).filter(({ type }) => type === TYPE.userPoolClient),
  );
}
