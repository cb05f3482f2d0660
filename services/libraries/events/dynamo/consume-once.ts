import { createHash } from "node:crypto";
import type { TransactWriteItem } from "@aws-sdk/client-dynamodb";
import type { KeyedItems } from "../../keyed-items/keyed-items.ts";
import { type Consumed, contentDigest } from "../consumed.ts";
import { EventError } from "../event-error.ts";
import type { TenantEvent } from "../tenant-event.ts";

/** How long ids are remembered, in seconds: longer than events are accepted. */
const REMEMBERED_SECONDS = 30 * 86_400;

/**
 * Does what `writesOf` says for an event once per consumer, in the transaction that remembers the event's id. Throws an `EventError`
 * where another event had the same id.
 */
export async function consumeOnce(
  items: KeyedItems,
  consumer: string,
  event: TenantEvent,
  writesOf: (event: TenantEvent) => Promise<readonly TransactWriteItem[]>,
): Promise<Consumed> {
  const at = { key: `consumed#${consumer}#${hashOf(event.source)}`, part: hashOf(event.id) };
  const digest = contentDigest(event).toString("base64url");
  const expire = Math.floor(Date.now() / 1_000) + REMEMBERED_SECONDS;
  const remembered = items.put(at, { digest, expire }, { exists: false });
  const refused = await items.write([remembered, ...(await writesOf(event))]);
  if (refused.size === 0) return "done";
  if (!refused.has(0)) throw new Error("what the work of the event was to change is not as it was read");
  if ((await items.get(at))?.["digest"] === digest) return "duplicate";
  throw new EventError("ERR_EVENT_CONFLICT", "another event of this source has the same id", { field: "id" });
}

/** Names of events are longer than a key may be. */
function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
