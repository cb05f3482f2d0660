import type { Pool } from "pg";
import type { EventBus, PutFailure, Span } from "../bus.ts";
import type { TenantEvent } from "../tenant-event.ts";
import { inTransaction } from "./transaction.ts";

/** Which events a queue gets: those whose type begins with one of these texts. */
export interface Routes {
  readonly [queue: string]: readonly string[];
}

/** The bus of one tenant on a laptop. */
export class PostgresBus implements EventBus {
  private readonly pool: Pool;
  private readonly tenantId: string;
  private readonly routes: Routes;

  constructor(pool: Pool, tenantId: string, routes: Routes) {
    this.pool = pool;
    this.tenantId = tenantId;
    this.routes = routes;
  }

  async put(events: readonly TenantEvent[]): Promise<readonly PutFailure[]> {
    await inTransaction(this.pool, async (client) => {
      for (const event of events) {
        const text = JSON.stringify(event);
        await client.query("INSERT INTO events.archive (tenant, type, event) VALUES ($1, $2, $3)", [
          this.tenantId,
          event.type,
          text,
        ]);
        const queues = Object.keys(this.routes).filter((it) => this.isRouted(it, event.type));
        await client.query(
          "INSERT INTO events.delivery (tenant, queue, event) SELECT $1, queue, $2 FROM unnest($3::text[]) AS queue",
          [this.tenantId, text, queues],
        );
      }
    });
    return [];
  }

  /** Puts what was put in a span of time into one queue again. */
  async replay(queue: string, { from, to }: Span): Promise<void> {
    await this.pool.query(
      `INSERT INTO events.delivery (tenant, queue, event) SELECT tenant, $2, event FROM events.archive
       WHERE tenant = $1 AND at >= $3 AND at < $4 AND EXISTS (SELECT FROM unnest($5::text[]) AS prefix WHERE starts_with(type, prefix))`,
      [this.tenantId, queue, new Date(from), new Date(to), this.routes[queue] ?? []],
    );
  }

  private isRouted(queue: string, type: string): boolean {
    return this.routes[queue]?.some((prefix) => type.startsWith(prefix)) ?? false;
  }
}
