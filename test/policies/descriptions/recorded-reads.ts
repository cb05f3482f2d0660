import type { Plan, PlannedResource } from "../../../plan/model.ts";

/** What was read of the inputs of resources while they were judged, by type. */
export class RecordedReads {
  readonly #values = new Map<string, Set<string>>();
  readonly #sources = new Map<string, Set<string>>();

  /** The same plan, of which each read is recorded. */
  of(plan: Plan): Plan {
    return { ...plan, resources: plan.resources.map((it) => this.#watched(it)) };
  }

  /** Whether the value at a path without positions in lists was asked for, or one below it. */
  readsValue(type: string, path: string): boolean {
    return this.#values.get(type)?.has(path) === true;
  }

  /** Whether it was asked which resources the input came from. */
  readsSource(type: string, input: string): boolean {
    return this.#sources.get(type)?.has(input) === true;
  }

  #watched(it: PlannedResource): PlannedResource {
    const inputs = watchedValue(it.inputs, "", setOf(this.#values, it.type)) as PlannedResource["inputs"];
    const sources = it.propertyDependencies;
    if (sources === undefined) return { ...it, inputs };
    return { ...it, inputs, propertyDependencies: watchedSources(sources, setOf(this.#sources, it.type)) };
  }
}

function setOf(all: Map<string, Set<string>>, type: string): Set<string> {
  let it = all.get(type);
  if (it === undefined) all.set(type, (it = new Set()));
  return it;
}

function watchedValue(value: unknown, path: string, read: Set<string>): unknown {
  if (Array.isArray(value)) return value.map((it) => watchedValue(it, path, read));
  if (typeof value !== "object" || value === null) return value;
  const at = (key: string): string => (path === "" ? key : `${path}.${key}`);
  const members = Object.entries(value).map(([key, it]) => [key, watchedValue(it, at(key), read)]);
  return new Proxy(Object.fromEntries(members) as Record<string, unknown>, {
    get: (target, key) => {
      if (typeof key === "string") read.add(at(key));
      return Reflect.get(target, key) as unknown;
    },
  });
}

/** Records of which single input a source was asked for: what goes through all of them asks for none. */
function watchedSources(
  sources: NonNullable<PlannedResource["propertyDependencies"]>,
  read: Set<string>,
): NonNullable<PlannedResource["propertyDependencies"]> {
  let listed: PropertyKey | undefined;
  return new Proxy(sources, {
    // `Object.values` asks for the descriptor of each member just before its value; an index does not.
    getOwnPropertyDescriptor: (target, key) => {
      listed = key;
      return Reflect.getOwnPropertyDescriptor(target, key);
    },
    get: (target, key) => {
      if (typeof key === "string" && key !== listed) read.add(key);
      listed = undefined;
      return Reflect.get(target, key) as unknown;
    },
  });
}
