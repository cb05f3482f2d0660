import type { Pool } from "pg";
import type { HeardKind } from "../../../../contracts/agents/choreography.ts";
import type { EventBus, PutFailure, Span } from "../bus.ts";
import type { TenantEvent } from "../tenant-event.ts";
import { inTransaction, type Transaction } from "./transaction.ts";

/** Which events each queue gets, as rules of Amazon EventBridge say it in the cloud. */
export interface Routes {
  readonly [queue: string]: readonly HeardKind[];
}

/** Who says events on a bus, and who hears them. */
export interface PostgresBusOptions {
  /** The `source` of the speaker, whatever its events say. */
  readonly source: string;
  readonly routes: Routes;
}

/** The bus of one tenant on a laptop, as one speaker sees it. */
export class PostgresBus implements EventBus {
  private readonly pool: Pool;
  private readonly tenantId: string;
  private readonly options: PostgresBusOptions;

  constructor(pool: Pool, tenantId: string, options: PostgresBusOptions) {
    this.pool = pool;
    this.tenantId = tenantId;
    this.options = options;
  }

  async put(events: readonly TenantEvent[]): Promise<readonly PutFailure[]> {
    await inTransaction(this.pool, (client) => this.putIn(client, events));
    return [];
  }

  /** Puts events in the transaction of what they tell about. */
  async putIn(client: Transaction, events: readonly TenantEvent[]): Promise<void> {
    const { source: teller, routes } = this.options;
    for (const event of events) {
      const text = JSON.stringify(event);
      await client.query("INSERT INTO events.archive (tenant, type, event, teller) VALUES ($1, $2, $3, $4)", [
        this.tenantId,
        event.type,
        text,
        teller,
      ]);
      const queues = Object.keys(routes).filter((it) => routes[it]?.some((kind) => isOf(kind, teller, event.type)));
      await client.query(
        "INSERT INTO events.delivery (tenant, queue, event, teller) SELECT $1, queue, $2, $4 FROM unnest($3::text[]) AS queue",
        [this.tenantId, text, queues, teller],
      );
    }
  }

  /** Puts what anybody said in a span of time into one queue again, as a rule of its own would. */
  async replay(queue: string, { from, to }: Span): Promise<void> {
    const kinds = this.options.routes[queue] ?? [];
    await this.pool.query(
      `INSERT INTO events.delivery (tenant, queue, event, teller) SELECT tenant, $2, event, teller FROM events.archive
       WHERE tenant = $1 AND at >= $3 AND at < $4 AND EXISTS (
         SELECT FROM unnest($5::text[], $6::text[]) AS kind (said_by, of_type)
         WHERE said_by = teller AND (of_type IS NULL OR of_type = type))`,
      [
        this.tenantId,
        queue,
        new Date(from),
        new Date(to),
        kinds.map((it) => it.from),
        kinds.map((it) => it.type ?? null),
      ],
    );
  }
}

function isOf(kind: HeardKind, teller: string, type: string): boolean {
  return kind.from === teller && (kind.type === undefined || kind.type === type);
}
