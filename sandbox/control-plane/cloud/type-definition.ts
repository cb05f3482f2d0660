import type { Behaviour } from "../behaviours/behaviour.ts";
import { behaviourOf } from "../behaviours/index.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { ResourceSpec } from "../catalogue/spec.ts";
import { CloudError } from "./errors.ts";

/** Everything that the sandbox knows about one resource type: its schema from the resource catalogue, and its behaviour. */
export interface TypeDefinition {
  readonly spec: ResourceSpec;
  readonly behaviour: Behaviour;
}

/** The definition of a resource type; throws `CloudError` (`UnknownType`) where the schema or the behaviour is missing. */
export function definitionOf(catalogue: Catalogue, type: string): TypeDefinition {
  const spec = catalogue.resource(type);
  const behaviour = behaviourOf(type);
  if (spec === undefined || behaviour === undefined)
    throw new CloudError("UnknownType", refusalOf(catalogue, type) ?? type);
  return { spec, behaviour };
}

/** Why the sandbox refuses every resource of a type, or `undefined` when it does not. */
export function refusalOf(catalogue: Catalogue, type: string): string | undefined {
  if (catalogue.resource(type) === undefined) {
    const similar = catalogue.similar(type);
    return `unknown resource type "${type}"${similar.length > 0 ? `; similar: ${similar.join(", ")}` : ""}`;
  }
  return behaviourOf(type) === undefined
    ? `the sandbox has no behaviour for "${type}" yet: add it to sandbox/control-plane/behaviours`
    : undefined;
}
