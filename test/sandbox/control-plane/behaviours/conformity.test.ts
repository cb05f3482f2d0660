import { beforeAll, describe, expect, it } from "vitest";
import { type Behaviour, type Draft, GLOBAL } from "../../../../sandbox/control-plane/behaviours/behaviour.ts";
import { BEHAVIOURS, behaviourOf } from "../../../../sandbox/control-plane/behaviours/index.ts";
import {
  type Catalogue,
  ensureCatalogue,
  type PropertySpec,
  type ResourceSpec,
} from "../../../../sandbox/control-plane/catalogue/catalogue.ts";

const ALL = Object.entries(BEHAVIOURS);
let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await ensureCatalogue();
});

function specOf(type: string): ResourceSpec {
  const spec = catalogue.resource(type);
  if (spec === undefined) throw new Error(`the catalogue does not know ${type}`);
  return spec;
}

/** A plausible value of an input. */
function valueOf({ type }: PropertySpec): unknown {
  if (type === "boolean") return true;
  if (type === "number" || type === "integer") return 1;
  if (typeof type === "string") return "value";
  if ("values" in type) return type.values[0];
  if ("array" in type) return [];
  return "union" in type ? "value" : {};
}

/** A draft with every input that the type has, unless `without`, and another place or URN. */
function draftOf(type: string, change: Partial<Draft> = {}): Draft {
  const inputs = Object.fromEntries(Object.entries(specOf(type).inputs).map(([key, it]) => [key, valueOf(it)]));
  return {
    account: "111122223333",
    region: BEHAVIOURS[type]?.global === true ? GLOBAL : "eu-west-1",
    urn: `urn:pulumi:dev::alicerce::${type}::it`,
    name: "it",
    type,
    generation: 0,
    inputs: { ...inputs, ...("url" in inputs ? { url: "https://example.com" } : {}), region: undefined },
    ...change,
  };
}

/** What each of the changes makes of the id: which of them give another one. */
function changing(type: string, { id, global }: Behaviour): readonly string[] {
  const changes: Readonly<Record<string, Partial<Draft>>> = {
    urn: { urn: `urn:pulumi:dev::alicerce::${type}::other` },
    ...(global === true ? {} : { region: { region: "us-east-1" } }),
    account: { account: "999988887777" },
    generation: { generation: 1 },
  };
  const before = id(draftOf(type));
  return Object.keys(changes).filter((key) => id(draftOf(type, changes[key])) !== before);
}

describe.each(ALL)("the behaviour of %s", (type, behaviour) => {
  it("is of a type that the catalogue knows", () => {
    expect(specOf(type)).toMatchObject({ token: type, kind: "custom" });
    expect(behaviourOf(type)).toBe(behaviour);
  });

  it("names only inputs that the type has", () => {
    const { autoname, unique = [], references = {}, replaces = [] } = behaviour;
    const named = [
      ...(autoname === undefined ? [] : [autoname]),
      ...unique.flatMap((it) => it.split("+")),
      ...Object.keys(references),
      ...replaces,
      ...Object.keys(behaviour.defaults?.(draftOf(type, { inputs: {} })) ?? {}),
    ];
    expect(Object.keys(specOf(type).inputs)).toEqual(expect.arrayContaining(named));
  });

  it("refers only to types that have a behaviour, by inputs that are text", () => {
    for (const [property, other] of Object.entries(behaviour.references ?? {})) {
      expect(behaviourOf(other), other).toBeDefined();
      expect(typeof valueOf(specOf(type).inputs[property]!), property).toBe("string");
    }
  });

  it("answers only outputs that the type has, and no input of its own accord", () => {
    const draft = draftOf(type);
    const outputs = behaviour.outputs?.({ ...draft, id: behaviour.id(draft) }) ?? {};
    expect(specOf(type).outputs).toEqual(expect.arrayContaining(Object.keys(outputs)));
    if (behaviour.arnOutput !== undefined) expect(outputs[behaviour.arnOutput]).toMatch(/^arn:aws:/);
    const plain = catalogue.checkInputs(type, behaviour.defaults?.(draftOf(type, { inputs: {} })) ?? {});
    expect(plain.filter((it) => it.reason !== "missing required property")).toEqual([]);
  });

  it("has the ARN of its own place", () => {
    const draft = draftOf(type);
    const outputs = behaviour.outputs?.({ ...draft, id: behaviour.id(draft) }) ?? {};
    const arn = outputs[behaviour.arnOutput ?? "arn"];
    if (specOf(type).outputs.includes("arn") && specOf(type).inputs["arn"] === undefined) expect(arn).toBeDefined();
    if (arn === undefined || specOf(type).inputs[behaviour.arnOutput ?? "arn"] !== undefined) return;
    // Hosted zones and buckets are nobody's in their ARNs; all else that is global is an account's.
    const place =
      behaviour.global === true
        ? /^arn:aws:[a-z0-9]+::(111122223333)?:/
        : /^arn:aws:(?:s3:::|[a-z0-9-]+:eu-west-1:111122223333:)/;
    expect(arn).toMatch(place);
  });

  it("gives the same draft the same id, which is never empty", () => {
    const id = behaviour.id(draftOf(type));
    expect(id).toMatch(/[a-zA-Z0-9]/);
    expect(behaviour.id(draftOf(type))).toBe(id);
    expect(id).not.toMatch(/undefined|NaN|\[object/);
  });

  it("gives another resource or place another id, wherever it gives an id of its own", () => {
    const changed = changing(type, behaviour);
    if (!changed.includes("urn")) return;
    expect(changed).toEqual(["urn", ...(behaviour.global === true ? [] : ["region"]), "account", "generation"]);
  });

  it("lets two resources have one id only where a name says that they are the same", () => {
    if (changing(type, behaviour).includes("urn")) return;
    const inputs = specOf(type).inputs;
    const without = (key: string) =>
      behaviour.id(draftOf(type, { inputs: { ...draftOf(type).inputs, [key]: "else" } }));
    const naming = Object.keys(inputs).filter((key) => without(key) !== behaviour.id(draftOf(type)));
    const isSingleton = behaviour.id(draftOf(type)) === "eu-west-1";
    expect(naming.length > 0 || isSingleton).toBe(true);
    const fixed = new Set([
      ...(behaviour.replaces ?? []),
      ...Object.keys(inputs).filter((it) => inputs[it]?.createOnly),
    ]);
    // What an id is made of cannot change while the id stays.
    expect(naming.filter((it) => !fixed.has(it))).toEqual([]);
  });
});
