import type { JsonSchema } from "../api.ts";
import { type Fault, PROPERTY_NAME } from "../openapi/schema.ts";
import { constraintsOf } from "./constraints.ts";
import { type Member, nameOf, Shape } from "./model.ts";
import { hasTrait, textTrait, type Traits } from "./traits.ts";

/** What has no members, as restJson1 writes it in a body. */
const SIMPLE: { readonly [type: string]: JsonSchema } = {
  bigDecimal: { type: "number" },
  bigInteger: { type: "integer" },
  blob: { type: "string", contentEncoding: "base64" },
  boolean: { type: "boolean" },
  byte: { type: "integer", minimum: -128, maximum: 127 },
  document: {},
  double: { type: "number" },
  float: { type: "number" },
  integer: { type: "integer", minimum: -(2 ** 31), maximum: 2 ** 31 - 1 },
  long: { type: "integer" },
  short: { type: "integer", minimum: -(2 ** 15), maximum: 2 ** 15 - 1 },
  string: { type: "string" },
};

const TIMESTAMPS: { readonly [format: string]: JsonSchema } = {
  "date-time": { type: "string", format: "date-time" },
  "epoch-seconds": { type: "number", description: "seconds since 1970-01-01T00:00:00Z" },
  "http-date": { type: "string", description: "a date as HTTP writes it" },
};

/** Names of the prelude's own shapes that are not the name of their type. */
const PRELUDE: { readonly [name: string]: string } = {
  PrimitiveBoolean: "boolean",
  PrimitiveByte: "byte",
  PrimitiveDouble: "double",
  PrimitiveFloat: "float",
  PrimitiveInteger: "integer",
  PrimitiveLong: "long",
  PrimitiveShort: "short",
  Unit: "structure",
};

/** Where a value stands: for a fault's words, and to notice what contains itself. */
interface Place {
  readonly where: string;
  readonly within: readonly string[];
}

type Aggregate = (shape: Shape, place: Place) => JsonSchema;

/** Turns shapes of a model into JSON Schema, as restJson1 writes them. */
export class ShapeSchemas {
  private readonly shapes: ReadonlyMap<string, Shape>;
  private readonly fault: Fault;
  private readonly aggregates: { readonly [type: string]: Aggregate };

  constructor(shapes: ReadonlyMap<string, Shape>, fault: Fault) {
    this.shapes = shapes;
    this.fault = fault;
    const list: Aggregate = ({ member }, place) => ({ type: "array", items: this.below(member, "member", place) });
    const enumerated: Aggregate = ({ members }) => ({
      enum: Object.entries(members).map(([name, it]) => it.traits["smithy.api#enumValue"] ?? name),
    });
    this.aggregates = {
      enum: enumerated,
      intEnum: enumerated,
      list,
      set: list,
      map: ({ value }, place) => ({ type: "object", additionalProperties: this.below(value, "value", place) }),
      structure: (shape, place) => this.objectOf(shape, place),
      union: (shape, place) => ({ ...this.objectOf(shape, place), minProperties: 1, maxProperties: 1 }),
    };
  }

  /** The shape of that id; one of the prelude is made of its name. */
  shapeAt(id: string): Shape {
    const found = this.shapes.get(id);
    if (found !== undefined) return found;
    if (!id.startsWith("smithy.api#")) this.fault(id, "is not in the model");
    const name = nameOf(id);
    return Shape.parse({ type: PRELUDE[name] ?? name.slice(0, 1).toLowerCase() + name.slice(1) });
  }

  /** The schema of a member; a timestamp is written as its binding does unless a trait says otherwise. */
  schemaOf(
    { target, traits }: Member,
    where: string,
    timestampFormat = "epoch-seconds",
    within: readonly string[] = [],
  ): JsonSchema {
    if (within.includes(target)) {
      this.fault(where, `${nameOf(target)} contains itself`);
      return {};
    }
    const shape = this.shapeAt(target);
    const all = { ...shape.traits, ...traits };
    const place = { where, within: [...within, target] };
    const type =
      shape.type === "timestamp"
        ? TIMESTAMPS[textTrait(all, "timestampFormat") ?? timestampFormat]
        : (this.aggregates[shape.type]?.(shape, place) ?? this.simple(shape.type, all, where));
    return { ...type, ...constraintsOf(shape.type, all) };
  }

  private below(member: Member | undefined, step: string, { where, within }: Place): JsonSchema {
    return member === undefined ? {} : this.schemaOf(member, `${where}/${step}`, undefined, within);
  }

  private simple(type: string, traits: Traits, where: string): JsonSchema {
    const schema = SIMPLE[type];
    if (schema === undefined || hasTrait(traits, "streaming")) this.fault(where, `${type} is not supported`);
    return schema ?? {};
  }

  private objectOf({ members, type }: Shape, place: Place): JsonSchema {
    const entries = Object.entries(members).map(([name, member]): [string, JsonSchema] => {
      const wireName = textTrait(member.traits, "jsonName") ?? name;
      if (!PROPERTY_NAME.test(wireName))
        this.fault(place.where, `the name of member "${wireName}" must be 1 to 64 of A-Z a-z 0-9 _ . -`);
      return [wireName, this.below(member, name, place)];
    });
    const required = Object.entries(members)
      .filter(([, { traits }]) => type === "structure" && hasTrait(traits, "required"))
      .map(([name, { traits }]) => textTrait(traits, "jsonName") ?? name);
    return { type: "object", properties: Object.fromEntries(entries), required, additionalProperties: false };
  }
}
