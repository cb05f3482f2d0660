import { HEADER_NAME, isReservedHeader } from "../http/headers.ts";
import { type Fault, PROPERTY_NAME } from "../openapi/schema.ts";
import { type Binding, pathArguments, type RestOperation } from "../rest/binding.ts";
import type { Member, Shape } from "./model.ts";
import type { ShapeSchemas } from "./schema.ts";
import { hasTrait, structureTrait, textTrait } from "./traits.ts";

/** A member of an operation's input, with where it goes. */
export interface BoundMember {
  readonly name: string;
  readonly member: Member;
  readonly binding: Binding;
}

const METHODS = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"] as const;
const NOT_BOUND = ["httpPrefixHeaders", "httpQueryParams", "hostLabel"];
const PAYLOADS: ReadonlySet<string> = new Set(["document", "list", "map", "structure", "union"]);

/** The members of an input, each with its binding. */
export function boundMembers({ members }: Shape): readonly BoundMember[] {
  return Object.entries(members).map(([name, member]) => ({ name, member, binding: bindingOf(name, member) }));
}

function bindingOf(name: string, { traits }: Member): Binding {
  const header = textTrait(traits, "httpHeader");
  const query = textTrait(traits, "httpQuery");
  if (header !== undefined) return { name, in: "header", wireName: header, isJoined: true };
  if (query !== undefined) return { name, in: "query", wireName: query };
  if (hasTrait(traits, "httpLabel")) return { name, in: "path", wireName: name };
  if (hasTrait(traits, "httpPayload")) return { name, in: "body", wireName: name };
  return { name, in: "member", wireName: textTrait(traits, "jsonName") ?? name };
}

/** How an operation is done over HTTP. */
export function restOperation(
  id: string,
  { traits }: Shape,
  members: readonly BoundMember[],
  fault: Fault,
): RestOperation {
  const http = structureTrait(traits, "http");
  const method = METHODS.find((it) => it === http["method"]);
  const uri = typeof http["uri"] === "string" ? http["uri"] : "";
  if (method === undefined || !uri.startsWith("/")) fault(id, "must have an http trait with a usual method");
  if (hasTrait(traits, "endpoint")) fault(id, "host labels are not supported");
  const token = members.find(({ member }) => hasTrait(member.traits, "idempotencyToken"));
  return {
    method: method ?? "GET",
    path: uri.replace(/\?.*$/s, ""),
    fixedQuery: [...new URLSearchParams(uri.replace(/^[^?]*/, ""))],
    bindings: members.map(({ binding }) => binding),
    isIdempotent: hasTrait(traits, "idempotent") || hasTrait(traits, "readonly"),
    ...(token !== undefined && { idempotencyKey: token.name }),
  };
}

/** What keeps the members of an input from being arguments of a tool. */
export function bindingFaults(
  id: string,
  members: readonly BoundMember[],
  { path }: RestOperation,
  schemas: ShapeSchemas,
  fault: Fault,
): void {
  for (const it of members) for (const why of memberFaults(it, schemas)) fault(`${id}/${it.name}`, why);
  const labels = members.filter(({ binding }) => binding.in === "path").map(({ name }) => name);
  for (const label of pathArguments(path)) {
    if (label.endsWith("+")) fault(id, `greedy label {${label}} is not supported`);
    else if (!labels.includes(label)) fault(id, `{${label}} of its path is no member`);
  }
}

function* memberFaults({ name, member, binding }: BoundMember, schemas: ShapeSchemas): Iterable<string> {
  const { wireName, in: place } = binding;
  if (!PROPERTY_NAME.test(name)) yield "its name must be 1 to 64 of A-Z a-z 0-9 _ . -";
  for (const trait of NOT_BOUND) if (hasTrait(member.traits, trait)) yield `${trait} is not supported`;
  if (place === "header" && (!HEADER_NAME.test(wireName) || isReservedHeader(wireName)))
    yield "is a header that only the platform sets";
  if (place === "body" && !PAYLOADS.has(schemas.shapeAt(member.target).type)) yield "a payload must be JSON";
}
