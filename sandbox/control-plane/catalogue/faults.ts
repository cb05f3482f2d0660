import { UNKNOWN } from "../../../plan/model.ts";
import { nearest } from "../../../environments/nearest.ts";
import type { Fault, ObjectSpec, PropertySpec, TypeSpec } from "./spec.ts";
import { describeType, describeValue, isPlainObject, KINDS, saysResource } from "./values.ts";

/** Finds nested types by the names that specs use. */
export type NestedTypes = Readonly<Record<string, ObjectSpec>>;

/** What is wrong with the properties of an object; nothing when it is sound. */
export function faultsInObject(
  value: Readonly<Record<string, unknown>>,
  object: ObjectSpec,
  types: NestedTypes,
  path = "",
): Fault[] {
  const given = Object.entries(value).filter(([, it]) => !isAbsent(it));
  const missing = Object.entries(object.properties).filter(
    ([name, it]) => it.required === true && isAbsent(value[name]),
  );
  return [
    ...given.flatMap(([name, it]) => faultsInNamed(name, it, object, types, join(path, name))),
    ...missing.map(([name]) => ({ property: join(path, name), reason: "missing required property" })),
  ];
}

function faultsInNamed(name: string, value: unknown, object: ObjectSpec, types: NestedTypes, path: string): Fault[] {
  const property = Object.hasOwn(object.properties, name) ? object.properties[name] : undefined;
  if (property !== undefined) return faultsInProperty(value, property, types, path);
  return object.open === true ? [] : [{ property: path, reason: unknownProperty(name, object.properties) }];
}

/** What is wrong with the value of one property; the value of a secret is not told. */
export function faultsInProperty(
  value: unknown,
  { type, secret }: PropertySpec,
  types: NestedTypes,
  path: string,
): Fault[] {
  const faults = faultsIn(value, type, types, path);
  if (secret !== true) return faults;
  return faults.map(({ property, reason }) => ({ property, reason: reason.replace(/, not (?!an? ).*$/su, "") }));
}

function faultsIn(value: unknown, type: TypeSpec, types: NestedTypes, path: string): Fault[] {
  if (value === UNKNOWN || isAbsent(value)) return [];
  if (typeof type === "string") return KINDS[type](value) ? [] : [mismatch(value, type, path)];
  if ("values" in type) return type.values.some((it) => it === value) ? [] : [notAllowed(value, type.values, path)];
  return faultsInCompound(value, type, types, path);
}

type Compound = Exclude<TypeSpec, string | { readonly values: unknown }>;

function faultsInCompound(value: unknown, type: Compound, types: NestedTypes, path: string): Fault[] {
  if ("array" in type) return faultsInArray(value, type, types, path);
  if ("union" in type) return faultsInUnion(value, type, types, path);
  return isPlainObject(value) ? faultsInside(value, type, types, path) : [mismatch(value, type, path)];
}

function faultsInside(
  value: Readonly<Record<string, unknown>>,
  type: { readonly map: TypeSpec } | { readonly ref: string },
  types: NestedTypes,
  path: string,
): Fault[] {
  if ("map" in type) {
    return Object.entries(value).flatMap(([key, it]) =>
      faultsIn(it, type.map, types, `${path}[${JSON.stringify(key)}]`),
    );
  }
  const nested = types[type.ref];
  if (nested === undefined) throw new Error(`the catalogue names the nested type ${type.ref}, but does not hold it`);
  return faultsInObject(value, nested, types, path);
}

function faultsInArray(value: unknown, type: { readonly array: TypeSpec }, types: NestedTypes, path: string): Fault[] {
  if (!Array.isArray(value)) return [mismatch(value, type, path)];
  return value.flatMap((it: unknown, index) => faultsIn(it, type.array, types, `${path}[${index}]`));
}

function faultsInUnion(
  value: unknown,
  type: { readonly union: readonly TypeSpec[] },
  types: NestedTypes,
  path: string,
): Fault[] {
  const tried = type.union.map((member) => ({ member, faults: faultsIn(value, member, types, path) }));
  if (tried.some(({ faults }) => faults.length === 0)) return [];
  // When only one member has the value's shape, that one was meant, and its faults say more.
  const meant = tried.filter(({ member }) => sameShape(value, member));
  return meant.length === 1 && meant[0] !== undefined ? meant[0].faults : [mismatch(value, type, path)];
}

function sameShape(value: unknown, member: TypeSpec): boolean {
  if (typeof member === "string") return false;
  if ("array" in member) return Array.isArray(value);
  if ("values" in member) return member.values.some((it) => typeof it === typeof value);
  return isPlainObject(value) && !saysResource(value);
}

function mismatch(value: unknown, type: TypeSpec, path: string): Fault {
  return { property: path, reason: `must be ${describeType(type)}, not ${describeValue(value)}` };
}

function notAllowed(value: unknown, values: readonly unknown[], path: string): Fault {
  if (!values.some((it) => typeof it === typeof value)) {
    return { property: path, reason: `must be one of ${values.join(", ")}, not ${describeValue(value)}` };
  }
  const allowed = values.length === 1 ? String(values[0]) : `one of ${values.join(", ")}`;
  return { property: path, reason: `must be ${allowed}, not ${JSON.stringify(value)}` };
}

function unknownProperty(name: string, properties: Readonly<Record<string, PropertySpec>>): string {
  const similar = nearest(name, Object.keys(properties), 3);
  return similar.length === 0 ? "unknown property" : `unknown property; similar: ${similar.join(", ")}`;
}

function join(path: string, name: string): string {
  if (!/^[\w$-]+$/.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === "" ? name : `${path}.${name}`;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}
