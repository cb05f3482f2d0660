import { createHash } from "node:crypto";
import type { Transaction } from "../../../../libraries/events/postgres/transaction.ts";
import type { TenantEvent } from "../../../../libraries/events/tenant-event.ts";

const SUBJECT = /^partner\/([A-Za-z0-9][A-Za-z0-9._-]{0,127})(?:\/|$)/;

/**
 * Writes a message for each endpoint that is to be told of an event: those of the partner that its subject names, and of nobody
 * else. For `runConsumer`, as its work: the messages are kept together with the event's id.
 */
export async function tellPartners(event: TenantEvent, client: Transaction): Promise<void> {
  const partnerId = partnerOf(event);
  if (partnerId === undefined) return;
  await client.query(
    `INSERT INTO partner_bff.webhook_messages (endpoint_id, id, type, body)
     SELECT id, $2, $3, $4 FROM partner_bff.webhook_endpoints WHERE partner_id = $1 AND disabled_because IS NULL
       AND EXISTS (SELECT FROM unnest(types) AS beginning WHERE starts_with($3, beginning))
     ON CONFLICT DO NOTHING`,
    [partnerId, messageId(event), event.type, bodyOf(event)],
  );
}

/** The partner that an event concerns. */
export function partnerOf({ subject = "" }: TenantEvent): string | undefined {
  return SUBJECT.exec(subject)?.[1];
}

/** What a partner is told of an event, by Standard Webhooks. */
export function bodyOf({ type, time: timestamp, data }: TenantEvent): string {
  return JSON.stringify({ type, timestamp, data });
}

/** The same for the same event, by which a receiver knows a message that it has had. */
function messageId({ source, id }: TenantEvent): string {
  return `msg_${createHash("sha256").update(`${source}\n${id}`).digest("base64url").slice(0, 32)}`;
}
