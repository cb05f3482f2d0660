import type { ResourceView } from "../engine/resource-view.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { some, UnknownValue } from "../engine/three-values.ts";
import { Value } from "../engine/value.ts";
import { TYPE } from "./resource-types.ts";

/** A text in an input of a resource that should name another resource. */
export interface Reference {
  readonly of: ResourceView;
  /** The top-level input that holds the text. */
  readonly input: string;
  readonly read: () => string | undefined;
}

/** Whether a known text names a resource. */
export type Match = (text: string, target: ResourceView) => boolean;

/** A reference by a whole input. */
export function referenceOf(of: ResourceView, input: string): Reference {
  return { of, input, read: () => of.text(input) };
}

/** Matches a text that is one of these outputs of the resource. */
export function isOutput(...names: readonly string[]): Match {
  return (text, target) => some(names, (name) => outputsOf(target).text(name) === text);
}

/**
 * Whether a reference names one of the resources: by value where the text is known. Where it is not, dependencies say where it comes
 * from. Throws `UnknownValue` where neither is enough.
 */
export function refersTo(
  reference: Reference,
  targets: readonly ResourceView[],
  match: Match,
  stack: StackIndex,
): boolean {
  return referred(reference, targets, match, stack) !== undefined;
}

/** The one of the resources that a reference names, as `refersTo` finds it. */
export function referred(
  { of, input, read }: Reference,
  targets: readonly ResourceView[],
  match: Match,
  stack: StackIndex,
): ResourceView | undefined {
  let text: string | undefined;
  try {
    text = read();
  } catch (error) {
    if (!(error instanceof UnknownValue)) throw error;
    return origin(stack.linked(of, input), targets, error);
  }
  if (text === undefined) return undefined;
  const known = text;
  let found: ResourceView | undefined;
  some(targets, (it) => {
    if (!match(known, it)) return false;
    found = it;
    return true;
  });
  return found;
}

/** What the provider answered of a resource; throws `UnknownValue` where the plan does not hold it. */
export function outputsOf({ name, resource }: ResourceView): Value {
  if (resource.outputs === undefined) throw new UnknownValue(`outputs of ${name}`);
  return new Value(resource.outputs, `outputs of ${name}`);
}

/** The only origin that an unknown text can have: another of the same type, or another stack, leaves it unknown. */
function origin(
  linked: readonly ResourceView[],
  targets: readonly ResourceView[],
  error: UnknownValue,
): ResourceView | undefined {
  const [target, ...others] = linked.filter((it) => targets.includes(it));
  if (target === undefined) return undefined;
  const isAmbiguous = linked.some(
    (it) => it !== target && (it.type === target.type || it.type === TYPE.stackReference),
  );
  if (isAmbiguous || others.length > 0) throw error;
  return target;
}
