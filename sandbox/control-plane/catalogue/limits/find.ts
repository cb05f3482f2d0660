import { createHash } from "node:crypto";
import type { Limits, ObjectSpec, ResourceSpec } from "../spec.ts";
import type { Models } from "./models.ts";
import { isListed, operationOf } from "./operations.ts";
import { limitsOf } from "./reduce.ts";
import { Walk } from "./walk.ts";

/** The limits of the inputs of resources, by the object that has the property, and the shapes that they name. */
export interface Found {
  /** Token of a resource or name of a nested type, with the service whose shapes its properties have. */
  readonly owners: ReadonlyMap<string, { readonly service: string; readonly shapes: Readonly<Record<string, string>> }>;
  /** By service and name of the shape: `kms PolicyType`. */
  readonly shapes: ReadonlyMap<string, Limits>;
  readonly types: number;
  readonly properties: number;
  /** Types of which too few properties are members of the operation of that name, so that it is another thing. */
  readonly unlike: readonly string[];
}

interface Sources {
  readonly models: Models;
  readonly nested: (ref: string) => ObjectSpec;
}

/** Finds what the operations that create resources demand of their inputs. */
export function findLimits(resources: readonly ResourceSpec[], { models, nested }: Sources): Found {
  const owners = new Map<string, { service: string; shapes: Record<string, string> }>();
  const shapes = new Map<string, Limits>();
  const unlike: string[] = [];
  let types = 0;
  for (const resource of resources) {
    const operation = operationOf(resource.token, models);
    if (operation === undefined) continue;
    const { model, input } = operation;
    const places: (readonly [owner: string, property: string, shape: string])[] = [];
    const walk = new Walk(model, { nested, found: (...place) => places.push(place) });
    walk.object(resource.token, resource.inputs, input, resource.token.split(":")[2]);
    if (!isListed(resource.token) && !resemble(resource, places.filter(([owner]) => owner === resource.token).length)) {
      unlike.push(resource.token);
      continue;
    }
    types += 1;
    for (const [owner, property, shape] of places) {
      const limits = limitsOf(model, shape);
      if (limits === undefined) continue;
      const { service } = model;
      shapes.set(`${service} ${shape}`, limits);
      owners.set(owner, { service, shapes: { ...owners.get(owner)?.shapes, [property]: shape } });
    }
  }
  const properties = [...owners.values()].reduce((sum, it) => sum + Object.keys(it.shapes).length, 0);
  return { owners, shapes, types, properties, unlike };
}

/**
 * The text of the committed file: a header with the hash of the rest, then a line for each shape and for each object, in the order of
 * their names.
 */
export function linesOf({ shapes, owners }: Pick<Found, "shapes" | "owners">, header: object): string {
  const objects = [...owners].map(([owner, it]) => [owner, it.service, it.shapes]);
  const lines = [...shapes, ...objects].map((it) => JSON.stringify(it)).sort();
  const rest = `${lines.join("\n")}\n`;
  const sha256 = createHash("sha256").update(rest).digest("hex");
  return `${JSON.stringify({ ...header, sha256 })}\n${rest}`;
}

/** Whether an operation is the creation of the resource: a third of the inputs, or three, are its members. */
function resemble({ inputs }: ResourceSpec, common: number): boolean {
  const own = Object.keys(inputs).filter((name) => name !== "region" && name !== "tags").length;
  return common > 0 && common * 3 >= Math.min(own, 9);
}
