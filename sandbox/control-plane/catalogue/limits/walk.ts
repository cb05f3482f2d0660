import type { ObjectSpec, PropertySpec, TypeSpec } from "../spec.ts";
import { memberOf } from "./members.ts";
import type { Model, Shape } from "./models.ts";

/** Where the walk reads nested types, and whom it tells which shape limits a property. */
export interface Finder {
  readonly nested: (ref: string) => ObjectSpec;
  readonly found: (owner: string, property: string, shape: string) => void;
}

/** Walks the inputs of a resource beside the structure that its operation takes. */
export class Walk {
  readonly #model: Model;
  readonly #finder: Finder;
  readonly #seen = new Set<string>();

  constructor(model: Model, finder: Finder) {
    this.#model = model;
    this.#finder = finder;
  }

  /** Finds the limits of every property that the structure has a member for; `kind` is the resource type's own name, "" within it. */
  object(owner: string, properties: Readonly<Record<string, PropertySpec>>, structure: string, kind = ""): void {
    if (this.#seen.has(`${owner} ${structure}`)) return;
    this.#seen.add(`${owner} ${structure}`);
    for (const [property, { type }] of Object.entries(properties)) {
      const shape = memberOf(this.#model, structure, { owner, property, kind });
      if (shape === undefined) continue;
      if (this.#limits(type, shape)) this.#finder.found(owner, property, shape);
      this.#within(type, shape);
    }
  }

  /** Whether the shape is the form of values of the type, so that its limits apply to them. */
  #limits(type: TypeSpec, name: string): boolean {
    const form = formOf(this.#shape(name));
    if (form === "list") return hasMap(type) ? this.#isTags(name) : hasArray(type);
    return form !== undefined && kindsOf(type).includes(form);
  }

  #within(type: TypeSpec, name: string): void {
    const structure = this.#structureIn(name);
    if (structure === undefined) return;
    for (const ref of refsOf(type)) this.object(ref, this.#finder.nested(ref).properties, structure);
  }

  /** The structure that a shape is, or that its elements or values are; the SDK may write a list of one as the one. */
  #structureIn(name: string): string | undefined {
    const shape = this.#shape(name);
    const within = shape?.type === "list" ? shape.member?.shape : shape?.type === "map" ? shape.value?.shape : name;
    return within !== undefined && this.#shape(within)?.members !== undefined ? within : undefined;
  }

  /** Whether a list holds pairs of key and value, which the SDK writes as a map. */
  #isTags(name: string): boolean {
    const pair = this.#shape(this.#shape(name)?.member?.shape ?? "");
    const names = Object.keys(pair?.members ?? {}).map((it) => it.toLowerCase());
    return names.length === 2 && names.includes("key") && names.includes("value");
  }

  #shape(name: string): Shape | undefined {
    return this.#model.shapes[name];
  }
}

/** The kind of value that a shape limits. */
function formOf(shape: Shape | undefined): "string" | "number" | "list" | "map" | undefined {
  switch (shape?.type) {
    case "string":
    case "list":
    case "map":
      return shape.type;
    case "integer":
    case "long":
    case "float":
    case "double":
      return "number";
    default:
      return undefined;
  }
}

function kindsOf(type: TypeSpec): readonly string[] {
  if (type === "integer") return ["number"];
  if (type === "resource") return [];
  if (typeof type === "string") return [type];
  if ("values" in type) return [];
  if ("union" in type) return type.union.flatMap(kindsOf);
  return "map" in type ? ["map"] : [];
}

function hasArray(type: TypeSpec): boolean {
  return typeof type === "object" && "array" in type;
}

function hasMap(type: TypeSpec): boolean {
  return typeof type === "object" && "map" in type;
}

function refsOf(type: TypeSpec): readonly string[] {
  if (typeof type === "string" || "values" in type) return [];
  if ("ref" in type) return [type.ref];
  if ("array" in type) return refsOf(type.array);
  return "map" in type ? refsOf(type.map) : [];
}
