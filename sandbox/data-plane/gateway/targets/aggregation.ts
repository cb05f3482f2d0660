import { gatewayToolName } from "../../../../contracts/tool-names.ts";
import * as z from "zod";
import { isRecord } from "../../../../contracts/json.ts";
import { targetRequest } from "../call.ts";
import type { Call } from "../call.ts";
import { GatewayProblem } from "../gateway-problem.ts";
import { TOOL_NAME_LENGTH } from "../http/limits.ts";
import type { RpcMessage, Target } from "./target.ts";

/** Methods whose answers are put together, and the member of the result that is the list. */
export const LISTS = {
  "tools/list": "tools",
  "prompts/list": "prompts",
  "resources/list": "resources",
  "resources/templates/list": "resourceTemplates",
} as const;

/** A method of `LISTS`. */
export type ListMethod = keyof typeof LISTS;

/** An entry of a list, under the name that the gateway gives it. */
export interface ListEntry {
  readonly target: Target;
  readonly entry: RpcMessage;
}

/** A page of a list over all targets. */
export interface Page {
  readonly entries: readonly ListEntry[];
  /** Absent on the last page. */
  readonly nextCursor?: string;
}

/** Whether the answer to a method is put together. */
export function isListMethod(method: string): method is ListMethod {
  return Object.hasOwn(LISTS, method);
}

const cursors = z.record(z.string(), z.string());

/**
 * Asks every target for its page. One that is down, or offers nothing of the kind, is left out, unless they all are down;
 * the real gateway answers from what it has learnt of its targets before.
 */
export async function listPage(
  call: Call,
  method: ListMethod,
  targets: readonly Target[],
  cursor?: unknown,
): Promise<Page> {
  const asked = cursor === undefined ? targets.map((target) => ({ target })) : resumed(targets, cursor);
  const pages = await Promise.allSettled(asked.map((it) => targetPage(call, method, it)));
  const failed = pages.find((it) => it.status === "rejected");
  if (failed !== undefined && pages.every((it) => it.status === "rejected")) throw failed.reason;
  const found = pages.flatMap((it) => (it.status === "fulfilled" ? [it.value] : []));
  const next = Object.fromEntries(found.flatMap((it) => (it.next === undefined ? [] : [[it.target.name, it.next]])));
  return {
    entries: found.flatMap((it) => it.entries),
    ...(Object.keys(next).length > 0 && { nextCursor: Buffer.from(JSON.stringify(next)).toString("base64url") }),
  };
}

interface Asked {
  readonly target: Target;
  readonly cursor?: string;
}

/** A cursor says which targets have more, and from where on. */
function resumed(targets: readonly Target[], cursor: unknown): readonly Asked[] {
  try {
    const positions = new Map(
      Object.entries(cursors.parse(JSON.parse(Buffer.from(String(cursor), "base64url").toString()))),
    );
    const asked = targets.flatMap((target): Asked[] => {
      const position = positions.get(target.name);
      return position === undefined ? [] : [{ target, cursor: position }];
    });
    if (asked.length > 0) return asked;
    throw new RangeError("the cursor names no target");
  } catch (cause) {
    throw new GatewayProblem("ERR_NAME_UNKNOWN", "cursor is not one of ours", { message: "unknown cursor", cause });
  }
}

async function targetPage(call: Call, method: ListMethod, { target, cursor }: Asked) {
  const asked = { method, params: { ...meta(call.params), ...(cursor !== undefined && { cursor }) } };
  const { result, error } = await target.ask(targetRequest(call, asked));
  if (isRecord(error) && error["code"] === -32601) return { target, entries: [], next: undefined };
  if (!isRecord(result)) throw new GatewayProblem("ERR_TARGET", `target "${target.name}" does not list`);
  const { [LISTS[method]]: list, nextCursor: next } = result;
  const entries = (Array.isArray(list) ? list : [])
    .filter(isRecord)
    .map((entry) => ({ target, entry: named(method, target, entry) }));
  return {
    target,
    entries: entries.filter(
      ({ entry }) => typeof entry["name"] !== "string" || entry["name"].length <= TOOL_NAME_LENGTH,
    ),
    next: typeof next === "string" ? next : undefined,
  };
}

/** A list of one method may be asked for on behalf of another: only what every request carries goes with it. */
function meta({ _meta }: Call["params"]): object {
  return isRecord(_meta) ? { _meta } : {};
}

/** Tools and prompts get their target's name; resources have addresses. */
function named(method: ListMethod, target: Target, entry: RpcMessage): RpcMessage {
  return method === "tools/list" || method === "prompts/list"
    ? { ...entry, name: gatewayToolName(target.name, String(entry["name"])) }
    : entry;
}
