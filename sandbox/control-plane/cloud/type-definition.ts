import type { Behaviour } from "../behaviours/behaviour.ts";
import { genericBehaviour } from "../behaviours/generic/behaviour.ts";
import { behaviourOf } from "../behaviours/index.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { ResourceSpec } from "../catalogue/spec.ts";
import { CloudError } from "./errors.ts";

/** Everything that the sandbox knows about one resource type: its schema from the resource catalogue, and its behaviour. */
export interface TypeDefinition {
  readonly spec: ResourceSpec;
  readonly behaviour: Behaviour;
}

/**
 * The definition of a resource type, with the behaviour that is written for it or else a generic one; throws `CloudError`
 * (`UnknownType`) for a type that the resource catalogue does not know.
 */
export function definitionOf(catalogue: Catalogue, type: string): TypeDefinition {
  const spec = catalogue.resource(type);
  if (spec === undefined) throw new CloudError("UnknownType", refusalOf(catalogue, type) ?? type);
  return { spec, behaviour: behaviourOf(type) ?? genericBehaviour(spec, (ref) => catalogue.nested(type, ref)) };
}

/** Why the sandbox refuses every resource of a type, or `undefined` when it does not. */
export function refusalOf(catalogue: Catalogue, type: string): string | undefined {
  if (catalogue.resource(type) !== undefined) return undefined;
  const similar = catalogue.similar(type);
  return `unknown resource type "${type}"${similar.length > 0 ? `; similar: ${similar.join(", ")}` : ""}`;
}
