import { setTimeout as pause } from "node:timers/promises";
import type { EventBus, Outbox } from "./bus.ts";

/** What a relay of one tenant needs. */
export interface RelayOptions {
  readonly outbox: Outbox;
  readonly bus: EventBus;
  /** How long is waited when there is nothing to do, in milliseconds. */
  readonly idleMs?: number;
  readonly onFault?: (error: unknown) => void;
}

const FORGET_EVERY_MS = 3_600_000;

/** Puts what a tenant's outbox holds on its bus, until `signal`. */
export async function runRelay(options: RelayOptions, signal: AbortSignal): Promise<void> {
  const { outbox, bus, idleMs = 100, onFault } = options;
  let forgetAt = 0;
  while (!signal.aborted) {
    let taken = 0;
    try {
      taken = await outbox.relay(bus);
      if (Date.now() >= forgetAt) {
        await outbox.forget();
        forgetAt = Date.now() + FORGET_EVERY_MS;
      }
    } catch (error) {
      onFault?.(error);
    }
    if (taken === 0) await pause(idleMs, undefined, { signal }).catch(() => undefined);
  }
}
