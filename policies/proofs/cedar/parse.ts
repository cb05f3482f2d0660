import { createRequire } from "node:module";
import type * as Cedar from "@cedar-policy/cedar-wasm/nodejs";
import { isRecord } from "../../../contracts/json.ts";

/** A policy of Cedar in its JSON form (docs.cedarpolicy.com, "JSON policy format"). */
export interface CedarPolicy {
  readonly effect: "permit" | "forbid";
  readonly principal: Constraint;
  readonly action: Constraint;
  readonly resource: Constraint;
  readonly conditions: readonly { readonly kind: "when" | "unless"; readonly body: unknown }[];
}

/** What a policy says of its principal, action or resource: `All` for nothing. */
export interface Constraint {
  readonly op: string;
  readonly entity_type?: string;
  readonly entity?: unknown;
  readonly entities?: readonly unknown[];
}

const require = createRequire(import.meta.url);
const read = new Map<string, CedarPolicy | { readonly error: string }>();

/** Reads one policy of Cedar by Cedar's own parser; the words of its error for text that is not one policy. */
export function parseCedar(text: string): CedarPolicy | { readonly error: string } {
  let policy = read.get(text);
  if (policy === undefined) read.set(text, (policy = parse(text)));
  return policy;
}

function parse(text: string): CedarPolicy | { readonly error: string } {
  // WebAssembly takes time to load, and the policy pack needs none of it.
  const { policyToJson } = require("@cedar-policy/cedar-wasm/nodejs") as typeof Cedar;
  const answer = policyToJson(text);
  return answer.type === "success" ? answer.json : { error: answer.errors[0]?.message ?? "it cannot be parsed" };
}

/** The id of an entity in a constraint. */
export function entityId(entity: unknown): string | undefined {
  if (!isRecord(entity)) return undefined;
  const { id, __entity: inner } = entity;
  return typeof id === "string" ? id : entityId(inner);
}

/** The entities that a constraint names; `undefined` where it leaves any. */
export function entitiesOf({ op, entity, entities }: Constraint): readonly string[] | undefined {
  if (op !== "==" && op !== "in") return undefined;
  const ids = (entities ?? [entity]).map(entityId);
  return ids.every((it) => it !== undefined) ? ids : undefined;
}
