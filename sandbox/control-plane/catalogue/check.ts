import { UNKNOWN } from "../../../plan/model.ts";
import { nearest } from "../../../environments/nearest.ts";
import { checkLimits, withoutValue } from "./check-limits.ts";
import type { CheckFailure, ObjectSpec, PropertySpec, Shard, TypeSpec } from "./spec.ts";
import { describeType, describeValue, isPlainObject, KINDS, isResourceReference } from "./values.ts";

/** The nested types and limits that specs name. */
export type Vocabulary = Pick<Shard, "types" | "limits">;

/** What is wrong with the properties of an object; empty when it is valid. */
export function checkObject(
  value: Readonly<Record<string, unknown>>,
  object: ObjectSpec,
  vocabulary: Vocabulary,
  path = "",
): CheckFailure[] {
  const given = Object.entries(value).filter(([, it]) => !isAbsent(it));
  const missing = Object.entries(object.properties).filter(
    ([name, it]) => it.required === true && isAbsent(value[name]),
  );
  return [
    ...given.flatMap(([name, it]) => checkNamed(name, it, object, vocabulary, join(path, name))),
    ...missing.map(([name]) => ({ property: join(path, name), reason: "missing required property" })),
  ];
}

function checkNamed(
  name: string,
  value: unknown,
  object: ObjectSpec,
  vocabulary: Vocabulary,
  path: string,
): CheckFailure[] {
  const property = Object.hasOwn(object.properties, name) ? object.properties[name] : undefined;
  if (property !== undefined) return checkProperty(value, property, vocabulary, path);
  return object.open === true ? [] : [{ property: path, reason: unknownProperty(name, object.properties) }];
}

/** What is wrong with the value of one property; a message never holds the value of a secret. */
export function checkProperty(
  value: unknown,
  { type, secret, limits, required }: PropertySpec,
  vocabulary: Vocabulary,
  path: string,
): CheckFailure[] {
  const typed = checkValue(value, type, vocabulary, path);
  // Providers leave an optional text or list that is empty out of their requests.
  const isSent = required === true || !(value === "" || (Array.isArray(value) && value.length === 0));
  const failures =
    typed.length === 0 && limits !== undefined && isSent ? limitFailures(value, limits, vocabulary, path) : typed;
  return secret === true ? failures.map(withoutValue) : failures;
}

function limitFailures(value: unknown, name: string, { limits }: Vocabulary, path: string): CheckFailure[] {
  const stated = limits[name];
  if (stated === undefined)
    throw new Error(`the resource catalogue names the limits "${name}", but does not hold them`);
  return checkLimits(value, stated, { path, source: name });
}

function checkValue(value: unknown, type: TypeSpec, vocabulary: Vocabulary, path: string): CheckFailure[] {
  if (value === UNKNOWN || isAbsent(value)) return [];
  if (typeof type === "string") return KINDS[type](value) ? [] : [mismatch(value, type, path)];
  if ("values" in type) return type.values.some((it) => it === value) ? [] : [notAllowed(value, type.values, path)];
  return checkCompound(value, type, vocabulary, path);
}

type Compound = Exclude<TypeSpec, string | { readonly values: unknown }>;

function checkCompound(value: unknown, type: Compound, vocabulary: Vocabulary, path: string): CheckFailure[] {
  if ("array" in type) return checkArray(value, type, vocabulary, path);
  if ("union" in type) return checkUnion(value, type, vocabulary, path);
  return isPlainObject(value) ? checkMembers(value, type, vocabulary, path) : [mismatch(value, type, path)];
}

function checkMembers(
  value: Readonly<Record<string, unknown>>,
  type: { readonly map: TypeSpec } | { readonly ref: string },
  vocabulary: Vocabulary,
  path: string,
): CheckFailure[] {
  if ("map" in type) {
    return Object.entries(value).flatMap(([key, it]) =>
      checkValue(it, type.map, vocabulary, `${path}[${JSON.stringify(key)}]`),
    );
  }
  const nested = vocabulary.types[type.ref];
  if (nested === undefined)
    throw new Error(`the resource catalogue names the nested type ${type.ref}, but does not hold it`);
  return checkObject(value, nested, vocabulary, path);
}

function checkArray(
  value: unknown,
  type: { readonly array: TypeSpec },
  vocabulary: Vocabulary,
  path: string,
): CheckFailure[] {
  if (!Array.isArray(value)) return [mismatch(value, type, path)];
  return value.flatMap((it: unknown, index) => checkValue(it, type.array, vocabulary, `${path}[${index}]`));
}

function checkUnion(
  value: unknown,
  type: { readonly union: readonly TypeSpec[] },
  vocabulary: Vocabulary,
  path: string,
): CheckFailure[] {
  const tried = type.union.map((member) => ({ member, failures: checkValue(value, member, vocabulary, path) }));
  if (tried.some(({ failures }) => failures.length === 0)) return [];
  // Where only one member has the shape of the value, its failures say more than "must be a or b".
  const meant = tried.filter(({ member }) => sameShape(value, member));
  return meant.length === 1 && meant[0] !== undefined ? meant[0].failures : [mismatch(value, type, path)];
}

function sameShape(value: unknown, member: TypeSpec): boolean {
  if (typeof member === "string") return false;
  if ("array" in member) return Array.isArray(value);
  if ("values" in member) return member.values.some((it) => typeof it === typeof value);
  return isPlainObject(value) && !isResourceReference(value);
}

function mismatch(value: unknown, type: TypeSpec, path: string): CheckFailure {
  return { property: path, reason: `must be ${describeType(type)}, not ${describeValue(value)}` };
}

function notAllowed(value: unknown, values: readonly unknown[], path: string): CheckFailure {
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
