import { createHash } from "node:crypto";
import type { TransactWriteItem } from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import type { KeyedItems } from "../../../../libraries/keyed-items/keyed-items.ts";
import { type Place, stamp } from "../../../../libraries/keyed-items/write.ts";
import type { TenantEvent } from "../../../../libraries/events/tenant-event.ts";

/** The key of the items that say which message is due when. */
export const DUE = "due";

/** A message as it is kept. */
export const messageFields = z.object({
  part: z.string(),
  partnerId: z.string(),
  type: z.string(),
  body: z.string(),
  state: z.enum(["pending", "delivered", "dead"]),
  attempts: z.number(),
  dueAt: z.number(),
  /** The attempts so far, as JSON. */
  log: z.string(),
});

/** What says that a message is due. */
export const dueFields = z.object({ part: z.string(), endpointId: z.string(), message: z.string(), dueAt: z.number() });

/** Where a message to an endpoint is kept. */
export function messageAt(endpointId: string, id: string): Place {
  return { key: `messages#${endpointId}`, part: id };
}

/** Which message is due, and when. */
export interface Due {
  readonly endpointId: string;
  readonly message: string;
  /** In milliseconds since 1970. */
  readonly dueAt: number;
}

/** Where it says that a message is due. */
export function dueAt({ endpointId, message, dueAt: at }: Due): Place {
  return { key: DUE, part: `${stamp(at)}#${endpointId}#${message}` };
}

/** Says that a message is due. */
export function due(items: KeyedItems, it: Due): TransactWriteItem {
  return items.put(dueAt(it), { endpointId: it.endpointId, message: it.message, dueAt: it.dueAt });
}

const BASE = 36;
const DIGITS = 9;

/** The same for the same event, by which a receiver knows a message that it has had; in the order of times. */
export function messageId({ source, id, time }: TenantEvent): string {
  const at = Date.parse(time).toString(BASE).padStart(DIGITS, "0");
  return `msg_${at}${createHash("sha256").update(`${source}\n${id}`).digest("hex").slice(0, 32)}`;
}
