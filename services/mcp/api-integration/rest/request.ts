import { randomUUID } from "node:crypto";
import type { Arguments, BackendRequest } from "../api.ts";
import { ApiProblem } from "../api-problem.ts";
import { isHeaderValue } from "../http/headers.ts";
import type { Binding, RestOperation } from "./binding.ts";

const SAFE_TWICE: ReadonlySet<string> = new Set(["DELETE", "GET", "HEAD", "OPTIONS", "PUT"]);

/** Puts arguments where an operation's bindings say; what would change the request's shape is refused. */
export function restRequest(operation: RestOperation, given: Arguments): BackendRequest {
  const { idempotencyKey, bindings, fixedQuery, method } = operation;
  const args =
    idempotencyKey === undefined ? given : { ...given, [idempotencyKey]: given[idempotencyKey] ?? randomUUID() };
  const used = bindings.filter(({ name }) => args[name] !== undefined && args[name] !== null);
  const body = bodyOf(bindings, used, args);
  const headers = used.filter((it) => it.in === "header").map((it) => headerOf(it, args[it.name]));
  return {
    method,
    path: pathOf(operation.path, used, args),
    query: [...fixedQuery, ...used.filter((it) => it.in === "query").flatMap((it) => queryOf(it, args[it.name]))],
    headers: {
      accept: "application/json",
      ...(body !== undefined && { "content-type": "application/json" }),
      ...Object.fromEntries(headers),
    },
    ...(body !== undefined && { body }),
    isIdempotent: operation.isIdempotent || idempotencyKey !== undefined || SAFE_TWICE.has(method),
  };
}

function bodyOf(bindings: readonly Binding[], used: readonly Binding[], args: Arguments): string | undefined {
  const whole = used.find((it) => it.in === "body");
  if (whole !== undefined) return JSON.stringify(args[whole.name]);
  if (!bindings.some((it) => it.in === "member")) return undefined;
  const members = used.filter((it) => it.in === "member").map((it) => [it.wireName, args[it.name]]);
  return JSON.stringify(Object.fromEntries(members));
}

function pathOf(template: string, used: readonly Binding[], args: Arguments): string {
  return template.replace(/\{([^{}]*)\}/g, (_, wireName: string) => {
    const binding = used.find((it) => it.in === "path" && it.wireName === wireName);
    if (binding === undefined) throw refused(wireName, "is missing");
    const text = textOf(binding, args[binding.name]);
    if (!isOneSegment(text)) throw refused(binding.name, "must be one segment of a path, not empty");
    return encodeURIComponent(text);
  });
}

/** Whether a text stays one segment, however often somebody on the way decodes it. */
function isOneSegment(text: string): boolean {
  const once = decoded(text);
  if (text === "" || text === "." || text === ".." || /[/\\\u0000-\u001f\u007f]/.test(text)) return false;
  return once === text || isOneSegment(once);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function queryOf(binding: Binding, value: unknown): readonly (readonly [string, string])[] {
  const values = Array.isArray(value) && binding.isJoined !== true ? (value as unknown[]) : [value];
  return values.map((it) => [binding.wireName, textOf(binding, it)]);
}

function headerOf(binding: Binding, value: unknown): readonly [string, string] {
  const text = textOf(binding, value);
  if (!isHeaderValue(text)) throw refused(binding.name, "must be visible ASCII characters");
  return [binding.wireName.toLowerCase(), text];
}

function textOf(binding: Binding, value: unknown): string {
  if (Array.isArray(value)) return value.map((it: unknown) => textOf(binding, it)).join(",");
  if (typeof value === "string" && value.isWellFormed()) return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw refused(binding.name, "must be a text, a number, a truth value or a list of these");
}

function refused(name: string, why: string): ApiProblem {
  return new ApiProblem("ERR_ARGUMENT_INVALID", `"${name}" ${why}`, { field: name });
}
