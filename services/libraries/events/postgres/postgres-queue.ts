import { setTimeout as pause } from "node:timers/promises";
import type { Pool } from "pg";
import type { Delivery, EventQueue } from "../bus.ts";

/** Which queue, and when a delivery comes again or becomes a dead letter. */
export interface QueueSettings {
  readonly name: string;
  /** How long a delivery is invisible to others, in milliseconds. */
  readonly visibilityMs?: number;
  /** How often a delivery is received before it becomes a dead letter. */
  readonly maxReceives?: number;
  /** How long `receive` waits for the first delivery, in milliseconds. */
  readonly waitMs?: number;
}

const MOST_RECEIVED = 10;
const LOOK_AGAIN_MS = 100;
const TOO_MANY_ATTEMPTS = "ERR_TOO_MANY_ATTEMPTS";

interface Row {
  readonly number: string;
  readonly event: string;
  readonly teller: string;
  readonly attempts: number;
  readonly receipt: string;
}

/** A dead letter, and why it is one. */
export interface DeadLetter {
  readonly text: string;
  readonly reason: string;
  readonly attempts: number;
}

/** A queue of one tenant on a laptop, with the promises of Amazon SQS: at least once, no order, dead letters. */
export class PostgresQueue implements EventQueue {
  private readonly pool: Pool;
  private readonly tenantId: string;
  private readonly settings: Required<QueueSettings>;

  constructor(pool: Pool, tenantId: string, settings: QueueSettings) {
    this.pool = pool;
    this.tenantId = tenantId;
    this.settings = { visibilityMs: 30_000, maxReceives: 5, waitMs: 20_000, ...settings };
  }

  async receive(signal: AbortSignal): Promise<readonly Delivery[]> {
    for (const until = Date.now() + this.settings.waitMs; !signal.aborted;) {
      const rows = await this.take();
      if (rows.length > 0 || Date.now() >= until) return rows.map((it) => this.deliveryOf(it));
      await pause(LOOK_AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
    return [];
  }

  /** Puts the dead letters back to be delivered. */
  async redrive(): Promise<void> {
    await this.pool.query(
      `UPDATE events.delivery SET dead_because = NULL, attempts = 0, visible_at = now(), receipt = NULL
       WHERE tenant = $1 AND queue = $2 AND dead_because IS NOT NULL`,
      [this.tenantId, this.settings.name],
    );
  }

  /** What was not consumed, the oldest first. */
  async deadLetters(limit = 100): Promise<readonly DeadLetter[]> {
    const { rows } = await this.pool.query<DeadLetter>(
      `SELECT event AS text, dead_because AS reason, attempts FROM events.delivery
       WHERE tenant = $1 AND queue = $2 AND dead_because IS NOT NULL ORDER BY number LIMIT $3`,
      [this.tenantId, this.settings.name, limit],
    );
    return rows;
  }

  private async take(): Promise<readonly Row[]> {
    const { name, visibilityMs, maxReceives } = this.settings;
    await this.pool.query(
      `UPDATE events.delivery SET dead_because = '${TOO_MANY_ATTEMPTS}' WHERE tenant = $1 AND queue = $2
       AND dead_because IS NULL AND visible_at <= now() AND attempts >= $3`,
      [this.tenantId, name, maxReceives],
    );
    const { rows } = await this.pool.query<Row>(
      `UPDATE events.delivery SET attempts = attempts + 1, receipt = gen_random_uuid(), visible_at = now() + $3 * interval '1 millisecond'
       WHERE number IN (SELECT number FROM events.delivery WHERE tenant = $1 AND queue = $2 AND dead_because IS NULL
         AND visible_at <= now() LIMIT ${MOST_RECEIVED} FOR UPDATE SKIP LOCKED)
       RETURNING number, event, teller, attempts, receipt`,
      [this.tenantId, name, visibilityMs],
    );
    return rows;
  }

  /** A receipt is void once the delivery was received again. */
  private deliveryOf({ number, event, teller, attempts, receipt }: Row): Delivery {
    const where = "WHERE number = $1 AND receipt = $2";
    return {
      ...{ text: event, teller },
      attempt: attempts,
      acknowledge: () => this.run(`DELETE FROM events.delivery ${where}`, [number, receipt]),
      retry: (afterMs) =>
        this.run(`UPDATE events.delivery SET visible_at = now() + $3 * interval '1 millisecond' ${where}`, [
          number,
          receipt,
          afterMs,
        ]),
      reject: (reason) =>
        this.run(`UPDATE events.delivery SET dead_because = $3 ${where}`, [number, receipt, reason.slice(0, 500)]),
    };
  }

  private async run(statement: string, values: readonly unknown[]): Promise<void> {
    await this.pool.query(statement, [...values]);
  }
}
