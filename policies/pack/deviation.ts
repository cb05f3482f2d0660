import { isDeepStrictEqual } from "node:util";
import { isRecord } from "../../contracts/json.ts";
import { type Plan, type PlannedResource, UNKNOWN } from "../../plan/model.ts";
import { isEngineProvider } from "../facts/engine-providers.ts";

/** Shorter texts would be found by chance in what is no output. */
const LEAST_LENGTH = 4;

/** What the engine writes beside what the program asked for: its own notes, and the hash of a file. */
const ENGINE_KEYS: ReadonlySet<string> = new Set(["__internal", "__defaults", "hash"]);

/** The root of every stack, which is nothing in a cloud. */
const ROOT = "pulumi:pulumi:Stack";

/**
 * Compares what the engine announces with the plan that was judged. What the program says itself must be the same. What a resource
 * computes is not known before it exists: where the plan has an output of a resource that the input came from, any value may stand.
 */
export class JudgedPlan {
  readonly #byUrn: ReadonlyMap<string, PlannedResource>;
  readonly #outputs = new Map<string, readonly unknown[]>();

  constructor({ resources }: Plan) {
    this.#byUrn = new Map(resources.map((it) => [it.urn, it]));
  }

  /** A sentence on what was not judged, without any value, which may be secret; `undefined` where the resource is the judged one. */
  deviationOf(announced: PlannedResource): string | undefined {
    const { urn, name, type } = announced;
    if (type === ROOT || isEngineProvider(type)) return undefined;
    const planned = this.#byUrn.get(urn);
    if (planned === undefined)
      return `"${name}" (${type}) must be in the plan that was judged: the program asks for something else now.`;
    if (!announced.custom) return undefined;
    const path = planned.provider === announced.provider ? this.#differenceOf(planned, announced) : "provider";
    if (path === undefined) return undefined;
    return `"${name}" must be what was judged: its ${path} is another one than in the plan.`;
  }

  #differenceOf(planned: PlannedResource, announced: PlannedResource): string | undefined {
    for (const input of namesIn(planned.inputs, announced.inputs)) {
      // In most plans nothing deviates, so outputs are gathered only for what does.
      if (isDeepStrictEqual(planned.inputs[input], announced.inputs[input])) continue;
      const computed = this.#computedFor(planned, input);
      const path = difference(planned.inputs[input], announced.inputs[input], { path: input, computed });
      if (path !== undefined) return path;
    }
    return undefined;
  }

  /** Every value in the outputs of the resources that an input came from. */
  #computedFor(planned: PlannedResource, input: string): Computed {
    const from = planned.propertyDependencies?.[input] ?? [];
    const values = from.flatMap((urn) => this.#outputsOf(urn));
    const texts = values.filter((it): it is string => typeof it === "string" && it.length >= LEAST_LENGTH);
    return { values, texts: [...new Set(texts)].toSorted((a, b) => b.length - a.length) };
  }

  #outputsOf(urn: string): readonly unknown[] {
    let all = this.#outputs.get(urn);
    if (all === undefined) this.#outputs.set(urn, (all = partsOf(this.#byUrn.get(urn)?.outputs)));
    return all;
  }
}

interface Computed {
  readonly values: readonly unknown[];
  /** Longer ones first, since one may hold another. */
  readonly texts: readonly string[];
}

interface Place {
  readonly path: string;
  readonly computed: Computed;
}

/** The path of the first difference; `undefined` where there is none. */
function difference(planned: unknown, announced: unknown, { path, computed }: Place): string | undefined {
  if (planned === UNKNOWN || isDeepStrictEqual(planned, announced) || isComputed(planned, announced, computed))
    return undefined;
  const below = (key: string, one: unknown, other: unknown): string | undefined =>
    difference(one, other, { path: `${path}.${key}`, computed });
  if (Array.isArray(planned) && Array.isArray(announced)) {
    if (planned.length !== announced.length) return path;
    return firstOf(planned.map((it, i) => () => below(String(i), it, announced[i])));
  }
  if (isRecord(planned) && isRecord(announced))
    return firstOf(namesIn(planned, announced).map((key) => () => below(key, planned[key], announced[key])));
  return isSameText(planned, announced, computed) ? undefined : path;
}

/** Whether the plan has an output in this place, for which another value of its kind may come. */
function isComputed(planned: unknown, announced: unknown, { values }: Computed): boolean {
  return kindOf(planned) === kindOf(announced) && values.some((it) => isDeepStrictEqual(it, planned));
}

/** Providers take numbers and booleans as text, too. */
function isSameText(planned: unknown, announced: unknown, { texts }: Computed): boolean {
  const [one, other] = [textOf(planned), textOf(announced)];
  if (one === undefined || other === undefined) return false;
  return one === other || patternOf(one, texts).test(other);
}

/** Numbers and booleans may come as text. */
function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "list";
  return textOf(value) === undefined ? typeof (value ?? undefined) : "text";
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : undefined;
}

/** The text with each computed part open. */
function patternOf(text: string, computed: readonly string[]): RegExp {
  const found = computed.filter((it) => text.includes(it)).map(escape);
  const parts = found.length === 0 ? [text] : text.split(new RegExp(found.join("|")));
  return new RegExp(`^${parts.map(escape).join("[^]+")}$`);
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

function firstOf(attempts: readonly (() => string | undefined)[]): string | undefined {
  for (const it of attempts) {
    const path = it();
    if (path !== undefined) return path;
  }
  return undefined;
}

/** The names of what is set in one or both. */
function namesIn(...all: readonly Readonly<Record<string, unknown>>[]): readonly string[] {
  const set = all.flatMap((it) => Object.keys(it).filter((key) => it[key] !== undefined && it[key] !== null));
  return [...new Set(set)].filter((it) => !ENGINE_KEYS.has(it));
}

/** The value itself and all that is in it. */
function partsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return [value, ...value.flatMap(partsOf)];
  if (isRecord(value)) return [value, ...Object.values(value).flatMap(partsOf)];
  return value === undefined || value === null || value === UNKNOWN ? [] : [value];
}
