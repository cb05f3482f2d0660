import type { ObjectSpec, TypeSpec } from "../../catalogue/spec.ts";
import { type Draft, arn, hex } from "../behaviour.ts";
import { kebab, moduleOf } from "./words.ts";

/** Nested types of outputs; deeper ones end in empty objects. */
export type Nested = (ref: string) => ObjectSpec;

/** How deep objects in objects are made up. */
const DEEPEST = 8;

/** A value of the kind that the SDK declares for an output, the same for the same resource each time. */
export function madeUp(type: TypeSpec, name: string, draft: Draft, nested: Nested, depth = 0): unknown {
  if (typeof type === "string") return simple(type, name, draft);
  if ("values" in type) return type.values[0];
  if ("map" in type) return {};
  if ("union" in type) return type.union[0] === undefined ? "" : madeUp(type.union[0], name, draft, nested, depth);
  if ("array" in type) return isObject(type.array) ? [madeUp(type.array, name, draft, nested, depth + 1)] : [];
  if (depth >= DEEPEST) return {};
  const members = Object.entries(nested(type.ref).properties).filter(([, it]) => it.required === true);
  return Object.fromEntries(members.map(([key, it]) => [key, madeUp(it.type, key, draft, nested, depth + 1)]));
}

function isObject(type: TypeSpec): boolean {
  return typeof type === "object" && "ref" in type;
}

function simple(type: Extract<TypeSpec, string>, name: string, draft: Draft): unknown {
  if (type === "boolean") return false;
  if (type === "number" || type === "integer") return 1;
  return textOf(name, draft);
}

/** A text that looks like what a name says; none is the id or ARN of another resource, nor of this one. */
function textOf(name: string, draft: Draft): string {
  const own = hex(draft, 12, name);
  if (/arn$/i.test(name)) return arn(moduleOf(draft.type), draft, `${kebab(name.slice(0, -3)) || "resource"}/${own}`);
  if (/^(?:owner|ownerId|(?:aws)?accountId|registryId)$/i.test(name)) return draft.account;
  if (/(?:date|time|At|On)$/.test(name)) return "2026-01-01T00:00:00Z";
  const host = `${own}.${moduleOf(draft.type)}.${draft.region}.amazonaws.com`;
  if (/ur[il]$/i.test(name)) return `https://${host}`;
  return /(?:endpoint|dnsName|domainName|hostname|address)$/i.test(name) ? host : `${kebab(name)}-${own}`;
}
