import { oncePer } from "../engine/once-per.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { UnknownValue } from "../engine/three-values.ts";
import { Value } from "../engine/value.ts";
import { TYPE } from "./resource-types.ts";

/** A text in an input of a resource that should name another resource. */
export interface Reference {
  readonly of: ResourceView;
  /** The top-level input that holds the text. */
  readonly input: string;
  readonly read: () => string | undefined;
}

/** What a text may name: a resource of one of the types, by one of its outputs. */
export interface Target {
  readonly types: readonly string[];
  readonly outputs: readonly string[];
}

/** How resources of some types name another one: by the text at a path in an input. */
export interface Naming {
  readonly types: readonly string[];
  readonly input: string;
  /** The path of the text, where it is not the whole input. */
  readonly path?: string;
  /** The name in the text, where that is not the whole of it; must not throw. */
  readonly nameIn?: (text: string) => string | undefined;
}

/** A reference by a whole input. */
export function referenceOf(of: ResourceView, input: string): Reference {
  return { of, input, read: () => of.text(input) };
}

/** A target of one of the types, by one of the outputs. */
export function byOutput(types: string | readonly string[], ...outputs: readonly string[]): Target {
  return { types: typeof types === "string" ? [types] : types, outputs };
}

/**
 * The resource of the stack that a reference names: by value where the text is known. Where it is not, dependencies say where it comes
 * from. Throws `UnknownValue` where neither is enough.
 */
export function referred(reference: Reference, target: Target, stack: StackIndex): ResourceView | undefined {
  const { of, input, read } = reference;
  let text: string | undefined;
  try {
    text = read();
  } catch (error) {
    if (!(error instanceof UnknownValue)) throw error;
    return originOf(of, input, target.types, error, stack);
  }
  const { known, unknown } = targetsOf(target, stack);
  const found = text === undefined ? undefined : known.get(text);
  if (text === undefined || found !== undefined || unknown.size === 0) return found;
  return ofUnknown(reference, text, unknown, stack);
}

/**
 * The resource that a known text came from, where what it would be compared with is not known; `undefined` for what the cloud computed of
 * another resource, such as the security group of a cluster. Throws `UnknownValue` where that is not one.
 */
function ofUnknown(
  { of, input }: Reference,
  text: string,
  unknown: Targets["unknown"],
  stack: StackIndex,
): ResourceView | undefined {
  const linked = stack.linked(of, input);
  const [target, ...others] = linked.filter((it) => unknown.has(it));
  if (target === undefined && linked.some((it) => computes(it, text))) return undefined;
  const [doubt] = unknown.values();
  if (target === undefined || others.length > 0) throw doubt ?? new UnknownValue(input);
  return target;
}

/** Whether a text is among the outputs of a resource, and not because its program gave it. */
function computes({ resource: { inputs, outputs } }: ResourceView, text: string): boolean {
  return holds(outputs, text) && !holds(inputs, text);
}

function holds(value: unknown, text: string): boolean {
  if (typeof value !== "object" || value === null) return value === text;
  return Object.values(value).some((it) => holds(it, text));
}

/** Whether a reference names a target, as `referred` finds it. */
export function refersTo(reference: Reference, target: Target, stack: StackIndex): boolean {
  return referred(reference, target, stack) !== undefined;
}

/** The resources that name a resource by one of its outputs, as `referred` finds it. Throws `UnknownValue` where one more might. */
export function namersOf(
  target: ResourceView,
  naming: Naming,
  outputs: readonly string[],
  stack: StackIndex,
): readonly ResourceView[] {
  const { types, input, path = input } = naming;
  const key = [target.type, ...outputs, ...types, path].join(" ");
  const all = namers(stack);
  let index = all.get(key);
  if (index === undefined) all.set(key, (index = indexNamers(naming, byOutput(target.type, ...outputs), stack)));
  const doubt = index.doubts.get(target);
  if (doubt !== undefined) throw doubt;
  return index.found.get(target) ?? [];
}

/** What the provider answered of a resource; throws `UnknownValue` where the plan does not hold it. */
export function outputsOf({ name, resource }: ResourceView): Value {
  if (resource.outputs === undefined) throw new UnknownValue(`outputs of ${name}`);
  return new Value(resource.outputs, `outputs of ${name}`);
}

/** The only origin that an unknown text can have: another of the same type, or another stack, leaves it unknown. */
export function originOf(
  of: ResourceView,
  input: string,
  types: readonly string[],
  error: UnknownValue,
  stack: StackIndex,
): ResourceView | undefined {
  const linked = stack.linked(of, input);
  const [target, ...others] = linked.filter(({ type }) => types.includes(type));
  if (target === undefined) return undefined;
  if (others.length > 0 || linked.some(({ type }) => type === TYPE.stackReference)) throw error;
  return target;
}

interface Targets {
  readonly known: ReadonlyMap<string, ResourceView>;
  /** The resources of which an output is not known. */
  readonly unknown: ReadonlyMap<ResourceView, UnknownValue>;
}

interface Namers {
  readonly found: Map<ResourceView, ResourceView[]>;
  readonly doubts: Map<ResourceView, UnknownValue>;
}

const targets = oncePer<StackIndex, Map<string, Targets>>(() => new Map());
const namers = oncePer<StackIndex, Map<string, Namers>>(() => new Map());

function targetsOf(target: Target, stack: StackIndex): Targets {
  const key = [...target.types, ...target.outputs].join(" ");
  const all = targets(stack);
  let index = all.get(key);
  if (index === undefined) all.set(key, (index = indexTargets(target, stack)));
  return index;
}

function indexTargets({ types, outputs }: Target, stack: StackIndex): Targets {
  const known = new Map<string, ResourceView>();
  const unknown = new Map<ResourceView, UnknownValue>();
  for (const it of stack.ofType(...types)) {
    for (const output of outputs) {
      const text = attempt(() => outputsOf(it).text(output));
      if (text instanceof UnknownValue) unknown.set(it, text);
      else if (text !== undefined && !known.has(text)) known.set(text, it);
    }
  }
  return { known, unknown };
}

function indexNamers(
  { types, input, path = input, nameIn = (it) => it }: Naming,
  target: Target,
  stack: StackIndex,
): Namers {
  const index: Namers = { found: new Map(), doubts: new Map() };
  const { unknown } = targetsOf(target, stack);
  for (const it of stack.ofType(...types)) {
    const named = attempt(() => referred({ of: it, input, read: () => nameIn(it.text(path) ?? "") }, target, stack));
    if (named instanceof UnknownValue) {
      const possible = unknown.size > 0 && !unknownText(it, path) ? unknown.keys() : linkedOf(it, input, target, stack);
      for (const each of possible) index.doubts.set(each, named);
    } else if (named !== undefined) {
      const same = index.found.get(named);
      if (same === undefined) index.found.set(named, [it]);
      else same.push(it);
    }
  }
  return index;
}

function unknownText(it: ResourceView, path: string): boolean {
  return attempt(() => it.text(path)) instanceof UnknownValue;
}

/** What an unknown text may name; everything where the plan does not say where inputs come from. */
function linkedOf(it: ResourceView, input: string, { types }: Target, stack: StackIndex): readonly ResourceView[] {
  const linked = attempt(() => stack.linked(it, input));
  return linked instanceof UnknownValue ? stack.ofType(...types) : linked.filter(({ type }) => types.includes(type));
}

function attempt<T>(body: () => T): T | UnknownValue {
  try {
    return body();
  } catch (error) {
    if (error instanceof UnknownValue) return error;
    throw error;
  }
}
