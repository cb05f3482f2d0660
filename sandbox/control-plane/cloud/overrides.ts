import type { Behaviour } from "../behaviours/behaviour.ts";
import { behaviourOf } from "../behaviours/index.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { ResourceSpec } from "../catalogue/spec.ts";
import { CloudError } from "./errors.ts";

/** Everything that the sandbox knows about one resource type: what its schema says, and how it behaves. */
export interface Taught {
  readonly spec: ResourceSpec;
  readonly behaviour: Behaviour;
}

/** What the sandbox has been taught about a type; throws `CloudError` for one that it does not know. */
export function taught(catalogue: Catalogue, type: string): Taught {
  const spec = catalogue.resource(type);
  const behaviour = behaviourOf(type);
  if (spec === undefined || behaviour === undefined)
    throw new CloudError("UnknownType", refusalOf(catalogue, type) ?? type);
  return { spec, behaviour };
}

/** Why the sandbox refuses a type altogether, or `undefined` when it does not. */
export function refusalOf(catalogue: Catalogue, type: string): string | undefined {
  if (catalogue.resource(type) === undefined) {
    const similar = catalogue.similar(type);
    return `unknown resource type "${type}"${similar.length > 0 ? `; similar: ${similar.join(", ")}` : ""}`;
  }
  return behaviourOf(type) === undefined
    ? `the sandbox has no behaviour for "${type}" yet: add it to sandbox/control-plane/behaviours`
    : undefined;
}
