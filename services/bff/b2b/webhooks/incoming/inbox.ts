import type { Pool } from "pg";
import type { EventSigner } from "../../../../libraries/events/event-signature.ts";
import { writeEvent } from "../../../../libraries/events/postgres/outbox.ts";
import { inTransaction } from "../../../../libraries/events/postgres/transaction.ts";
import type { EventDraft } from "../../../../libraries/events/tenant-event.ts";

/** A message of a source, with the event that it is to become. */
export interface ReceivedMessage {
  readonly sourceId: string;
  readonly id: string;
  /** SHA-256 of its body. */
  readonly digest: Buffer;
  readonly event: EventDraft;
}

/** What became of a message: it is an event now, was one already, or has the id of another one. */
export type Received = "accepted" | "duplicate" | "another";

/** Where ids of messages are kept together with the events that they became. */
export interface Inbox {
  keep(message: ReceivedMessage): Promise<Received>;
}

/** An inbox in PostgreSQL. */
export class PostgresInbox implements Inbox {
  private readonly pool: Pool;
  private readonly signer: EventSigner;

  constructor(pool: Pool, signer: EventSigner) {
    this.pool = pool;
    this.signer = signer;
  }

  keep({ sourceId, id, digest, event }: ReceivedMessage): Promise<Received> {
    return inTransaction(this.pool, async (client) => {
      const { rowCount } = await client.query(
        "INSERT INTO partner_bff.webhooks_received (source_id, id, digest) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        [sourceId, id, digest],
      );
      if (rowCount === 0) {
        const { rows } = await client.query<{ digest: Buffer }>(
          "SELECT digest FROM partner_bff.webhooks_received WHERE source_id = $1 AND id = $2",
          [sourceId, id],
        );
        return rows[0]?.digest.equals(digest) === true ? "duplicate" : "another";
      }
      await writeEvent(client, this.signer, event);
      return "accepted";
    });
  }
}
