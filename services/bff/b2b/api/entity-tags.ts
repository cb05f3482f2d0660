import { hash } from "node:crypto";
import type { Context } from "hono";
import { ApiProblem } from "../../library/api-problem.ts";

/** The strong entity tag of a representation (RFC 9110, 8.8.3). */
export function entityTag(representation: unknown): string {
  return `"${hash("sha256", JSON.stringify(representation), "base64url").slice(0, 27)}"`;
}

/** Whether the caller has this state already (If-None-Match, compared weakly). */
export function isKnown(call: Context, tag: string): boolean {
  const header = call.req.header("if-none-match");
  return header !== undefined && (header.trim() === "*" || tagsIn(header).some((it) => it.replace(/^W\//, "") === tag));
}

/** Throws `ApiProblem` 428 without If-Match, and 412 where it names another state than `tag`. */
export function requireState(call: Context, tag: string): void {
  const header = call.req.header("if-match");
  if (header === undefined)
    throw new ApiProblem("precondition-required", "If-Match must hold the ETag of the state that is changed");
  if (header.trim() === "*" || tagsIn(header).includes(tag)) return;
  throw new ApiProblem("precondition-failed", "the resource is not in the state that If-Match names");
}

function tagsIn(header: string): readonly string[] {
  return header.match(/(?:W\/)?"[^"]*"/g) ?? [];
}
