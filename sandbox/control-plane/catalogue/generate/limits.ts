import { readFileSync } from "node:fs";
import type { Limits, PropertySpec } from "../spec.ts";
import { DOCUMENTED } from "../limits/documented.ts";

/** A line of the file: a shape with its limits, or an object with a service and the shapes of its properties. */
type Line =
  | readonly [shape: string, limits: Limits]
  | readonly [owner: string, service: string, shapes: Readonly<Record<string, string>>];

type Properties = Readonly<Record<string, PropertySpec>>;

/** What AWS demands of the inputs of its types beyond what the SDK says: from botocore's service models, and from AWS's documents. */
export class StatedLimits {
  readonly #forms = new Map<string, Limits>();
  readonly #owners = new Map<string, Record<string, string>>();

  /** Reads the committed file of limits. */
  constructor(file: URL) {
    const [header = "{}", ...lines] = readFileSync(file, "utf8").trim().split("\n");
    const { source } = JSON.parse(header) as { readonly source: string };
    for (const line of lines) {
      const [name, ...rest] = JSON.parse(line) as Line;
      if (rest.length === 1) this.#forms.set(`${source} ${name}`, rest[0]);
      else
        for (const [property, shape] of Object.entries(rest[1]))
          this.#limit(name, property, `${source} ${rest[0]} ${shape}`);
    }
    for (const { owner, property, source: document, limits } of DOCUMENTED) {
      const name = `${document}, ${property}`;
      this.#forms.set(name, limits);
      this.#limit(owner, property, name);
    }
  }

  /** The properties of a resource or nested type, each with the name of its limits. */
  of(owner: string, properties: Properties): Properties {
    const named = this.#owners.get(owner);
    if (named === undefined) return properties;
    const limited = Object.entries(properties).map(([name, it]): [string, PropertySpec] => {
      const limits = Object.hasOwn(named, name) ? named[name] : undefined;
      return [name, limits === undefined ? it : { ...it, limits }];
    });
    return Object.fromEntries(limited);
  }

  /** The limits of a name that `of` gave; throws for any other. */
  named(name: string): Limits {
    const limits = this.#forms.get(name);
    if (limits === undefined) throw new Error(`the file of limits lacks ${name}`);
    return limits;
  }

  #limit(owner: string, property: string, name: string): void {
    const known = this.#owners.get(owner) ?? {};
    known[property] = name;
    this.#owners.set(owner, known);
  }
}
