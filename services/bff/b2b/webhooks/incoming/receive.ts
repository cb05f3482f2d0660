import { createHash } from "node:crypto";
import type { Pool } from "pg";
import * as z from "zod";
import type { EventSigner } from "../../../../libraries/events/event-signature.ts";
import { writeEvent } from "../../../../libraries/events/postgres/outbox.ts";
import { inTransaction } from "../../../../libraries/events/postgres/transaction.ts";
import { parseStrictJson } from "../../../../libraries/service-kit/strict-json.ts";
import { ApiProblem } from "../../../library/api-problem.ts";
import { checkedBy } from "../../../library/json-body.ts";
import { newSecret } from "../signing/secrets.ts";
import { type ReceivedWebhook, webhookFault } from "../signing/signature.ts";
import type { Source, Sources } from "./sources.ts";

/** What is needed to receive what partners tell. */
export interface ReceiveDependencies {
  readonly pool: Pool;
  readonly sources: Sources;
  readonly signer: EventSigner;
  readonly now: () => number;
}

/** What became of a webhook: it is an event now, or was one already. */
export type Received = "accepted" | "duplicate";

/** Of a message by Standard Webhooks. */
const payload = z.strictObject({
  type: z.string().regex(/^[a-z][a-z0-9_.-]{0,99}$/),
  timestamp: z.iso.datetime({ offset: true }).optional(),
  data: z.unknown(),
});

/** An unknown source takes as long as a known one. */
const NOBODYS_SECRET = newSecret();

/**
 * Makes an event of the tenant of what a partner tells, once: a message that comes again changes nothing, however often. Throws
 * `ApiProblem`: 401 unless it is signed by a secret of the source a short time ago, 409 for another message with the same id.
 */
export async function receive(
  { pool, sources, signer, now }: ReceiveDependencies,
  sourceId: string,
  message: ReceivedWebhook,
): Promise<Received> {
  const source = await sources.find(sourceId, now());
  const fault = webhookFault(message, source?.secrets ?? [NOBODYS_SECRET], now());
  if (source === undefined || fault !== undefined || message.id === undefined) throw refused(fault ?? "source");
  const { type, data } = checkedBy(payload, parsed(message.body));
  const { id } = message;
  return inTransaction(pool, async (client) => {
    const digest = createHash("sha256").update(message.body).digest();
    const { rowCount } = await client.query(
      "INSERT INTO partner_bff.webhooks_received (source_id, id, digest) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
      [sourceId, id, digest],
    );
    if (rowCount === 0) {
      const { rows } = await client.query<{ digest: Buffer }>(
        "SELECT digest FROM partner_bff.webhooks_received WHERE source_id = $1 AND id = $2",
        [sourceId, id],
      );
      if (rows[0]?.digest.equals(digest) === true) return "duplicate";
      throw new ApiProblem("conflict", "another message had this webhook-id");
    }
    await writeEvent(client, signer, { id, source: eventSource(source), type: `partner.${type}`, data });
    return "accepted";
  });
}

function eventSource({ partnerId, id }: Source): string {
  return `urn:alicerce:partner:${partnerId}:${id}`;
}

function refused(reason: string): ApiProblem {
  return new ApiProblem("unauthenticated", "the webhook is not signed by a secret of this address", {
    cause: new Error(reason),
  });
}

function parsed(body: string): unknown {
  try {
    return parseStrictJson(body);
  } catch (cause) {
    throw new ApiProblem("bad-request", "the body must be JSON", { cause });
  }
}
