import type { JsonSchema, Operation } from "../api.ts";
import { DescriptionError } from "../api-problem.ts";
import { restAnswer } from "../answer/rest-answer.ts";
import type { Fault } from "../openapi/schema.ts";
import { isReadMethod } from "../rest/binding.ts";
import { restRequest } from "../rest/request.ts";
import { bindingFaults, type BoundMember, boundMembers, restOperation } from "./bindings.ts";
import { operationShapes, readSmithy, type Shape } from "./model.ts";
import { ShapeSchemas } from "./schema.ts";
import { documentationIn, hasTrait, textTrait } from "./traits.ts";

/** How timestamps are written where they are bound (restJson1). */
const TIMESTAMPS = {
  body: "epoch-seconds",
  member: "epoch-seconds",
  header: "http-date",
  path: "date-time",
  query: "date-time",
} as const;

/**
 * The wanted operations of a Smithy model that speaks restJson1, within what AgentCore documents for Smithy targets.
 * Throws a `DescriptionError` with every fault.
 */
export function smithyOperations(api: string, source: unknown, wanted: ReadonlySet<string>): readonly Operation[] {
  const model = readSmithy(api, source);
  const faults: string[] = [];
  const fault: Fault = (where, why) => void faults.push(`${where}: ${why}`);
  const schemas = new ShapeSchemas(model.shapes, fault);
  const operations = [...operationShapes(model)]
    .filter(([id]) => wanted.has(id))
    .map(([id, shape]) => operationOf(id, shape, schemas, fault));
  if (faults.length > 0) throw new DescriptionError(api, [...new Set(faults)]);
  return operations;
}

function operationOf(
  id: string,
  { traits, input, output, ...shape }: Shape,
  schemas: ShapeSchemas,
  fault: Fault,
): Operation {
  const members = boundMembers(schemas.shapeAt(input?.target ?? "smithy.api#Unit"));
  const rest = restOperation(id, { ...shape, traits }, members, fault);
  bindingFaults(id, members, rest, schemas, fault);
  return {
    id,
    title: textTrait(traits, "title") ?? id,
    description: documentationIn(traits) ?? `${rest.method} ${rest.path}`,
    isRead: isReadMethod(rest.method),
    input: inputOf(id, members, schemas),
    ...(output !== undefined && { output: schemas.schemaOf({ target: output.target, traits: {} }, `${id}/answer`) }),
    request: (args) => restRequest(rest, args),
    answer: restAnswer,
  };
}

function inputOf(id: string, members: readonly BoundMember[], schemas: ShapeSchemas): JsonSchema {
  const properties = members.map(({ name, member, binding }): [string, JsonSchema] => [
    name,
    schemas.schemaOf(member, `${id}/${name}`, TIMESTAMPS[binding.in]),
  ]);
  const required = members
    .filter(({ member: { traits } }) => hasTrait(traits, "required") && !hasTrait(traits, "idempotencyToken"))
    .map(({ name }) => name);
  return { type: "object", properties: Object.fromEntries(properties), required, additionalProperties: false };
}
