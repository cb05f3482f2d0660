import { setTimeout as pause } from "node:timers/promises";
import type { Pool } from "pg";
import type { EventBus } from "./bus.ts";
import { relayEvents } from "./postgres/outbox.ts";
import { forgetOldEvents } from "./postgres/tables.ts";

/** What a relay of one tenant needs. */
export interface RelayOptions {
  readonly pool: Pool;
  readonly tenantId: string;
  readonly bus: EventBus;
  /** How long is waited when there is nothing to do, in milliseconds. */
  readonly idleMs?: number;
  readonly onFault?: (error: unknown) => void;
}

const FORGET_EVERY_MS = 3_600_000;

/** Puts what a tenant's outbox holds on its bus, until `signal`. */
export async function runRelay(options: RelayOptions, signal: AbortSignal): Promise<void> {
  const { pool, tenantId, bus, idleMs = 100, onFault } = options;
  let forgetAt = 0;
  while (!signal.aborted) {
    let taken = 0;
    try {
      taken = await relayEvents(pool, tenantId, bus);
      if (Date.now() >= forgetAt) {
        await forgetOldEvents(pool, tenantId);
        forgetAt = Date.now() + FORGET_EVERY_MS;
      }
    } catch (error) {
      onFault?.(error);
    }
    if (taken === 0) await pause(idleMs, undefined, { signal }).catch(() => undefined);
  }
}
