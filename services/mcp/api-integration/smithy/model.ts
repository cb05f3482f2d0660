import * as z from "zod";
import { DescriptionError } from "../api-problem.ts";

const Traits = z.record(z.string(), z.unknown()).default({});
const Reference = z.object({ target: z.string() });
const Member = z.object({ target: z.string(), traits: Traits });

/** A shape of a Smithy model, in what is read of its JSON AST. */
export const Shape = z.object({
  type: z.string(),
  traits: Traits,
  members: z.record(z.string(), Member).default({}),
  member: Member.optional(),
  value: Member.optional(),
  input: Reference.optional(),
  output: Reference.optional(),
  operations: z.array(Reference).default([]),
  collectionOperations: z.array(Reference).default([]),
  resources: z.array(Reference).default([]),
  mixins: z.array(Reference).default([]),
  create: Reference.optional(),
  put: Reference.optional(),
  read: Reference.optional(),
  update: Reference.optional(),
  delete: Reference.optional(),
  list: Reference.optional(),
});

/** A shape of a Smithy model, in what is read of its JSON AST. */
export type Shape = z.output<typeof Shape>;

/** A member of a shape. */
export type Member = z.output<typeof Member>;

const Model = z.object({ smithy: z.string().regex(/^[12](\.\d+)?$/), shapes: z.record(z.string(), Shape) });

const REST_JSON = "aws.protocols#restJson1";

/** A service and the shapes around it. */
export interface SmithyModel {
  readonly service: Shape;
  readonly shapes: ReadonlyMap<string, Shape>;
}

/** Reads the JSON AST of a model with one service that speaks restJson1. Throws a `DescriptionError`. */
export function readSmithy(api: string, document: unknown): SmithyModel {
  const { data: model, error } = Model.safeParse(document);
  if (error !== undefined) throw new DescriptionError(api, [z.prettifyError(error)]);
  const services = Object.values(model.shapes).filter(({ type }) => type === "service");
  const [service] = services;
  const faults: string[] = [];
  if (service === undefined || services.length > 1) faults.push(`it must have one service, not ${services.length}`);
  else if (!(REST_JSON in service.traits)) faults.push(`its service must speak ${REST_JSON}`);
  for (const [id, { mixins }] of Object.entries(model.shapes))
    if (mixins.length > 0) faults.push(`${id}: mixins must be applied (smithy build does)`);
  if (service === undefined || faults.length > 0) throw new DescriptionError(api, faults);
  return { service, shapes: new Map(Object.entries(model.shapes)) };
}

/** The operations of a service and of its resources, by their ids. */
export function operationShapes({ service, shapes }: SmithyModel): ReadonlyMap<string, Shape> {
  const found = new Map<string, Shape>();
  const seen = new Set<Shape>();
  const visit = (shape: Shape | undefined) => {
    if (shape === undefined || seen.has(shape)) return;
    seen.add(shape);
    const { create, put, read, update, delete: remove, list, operations, collectionOperations } = shape;
    const lifecycle = [create, put, read, update, remove, list].filter((it) => it !== undefined);
    for (const { target } of [...operations, ...collectionOperations, ...lifecycle]) {
      const operation = shapes.get(target);
      if (operation?.type === "operation") found.set(nameOf(target), operation);
    }
    for (const { target } of shape.resources) visit(shapes.get(target));
  };
  visit(service);
  return found;
}

/** The name of a shape without its namespace. */
export function nameOf(shapeId: string): string {
  return shapeId.slice(shapeId.indexOf("#") + 1);
}
