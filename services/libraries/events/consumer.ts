import { setTimeout as pause } from "node:timers/promises";
import type { Delivery, EventQueue } from "./bus.ts";
import { EventError } from "./event-error.ts";
import type { EventVerifier } from "./event-signature.ts";
import type { Consumed } from "./consumed.ts";
import { ATTRIBUTE } from "../telemetry/names.ts";
import { inSpan, type SpanOptions } from "../telemetry/spans.ts";
import type { TenantEvent } from "./tenant-event.ts";

/** What a consumer is made of. */
export interface ConsumerOptions {
  readonly queue: EventQueue;
  readonly verify: EventVerifier;
  /** Does the work of an event, unless it was done: `consumeOnce` of a store. */
  readonly consume: (event: TenantEvent) => Promise<Consumed>;
  /** Told what became of each delivery: a code, never what an event holds. */
  readonly onOutcome?: (outcome: Consumed | "failed" | "refused", error?: unknown) => void;
}

const LONGEST_PAUSE_MS = 900_000;
const OUTAGE_PAUSE_MS = 1_000;

/** Consumes until `signal`; an event whose work was begun is finished first. */
export async function runConsumer(options: ConsumerOptions, signal: AbortSignal): Promise<void> {
  const isRunning = (): boolean => !signal.aborted;
  while (isRunning()) {
    try {
      for (const it of await options.queue.receive(signal)) {
        // What was received and not begun becomes visible again by itself.
        if (isRunning()) await consumeDelivery(options, it);
      }
    } catch (error) {
      options.onOutcome?.("failed", error);
      await pause(OUTAGE_PAUSE_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** Verifies and consumes one delivery; the queue is told only after the work is kept. */
export async function consumeDelivery(options: ConsumerOptions, delivery: Delivery): Promise<void> {
  const { verify, consume, onOutcome } = options;
  let outcome: Consumed;
  try {
    const event = verify(delivery.text, delivery.teller);
    outcome = await inSpan(`process ${event.type}`, spanOf(event), () => consume(event));
  } catch (error) {
    onOutcome?.(error instanceof EventError ? "refused" : "failed", error);
    if (error instanceof EventError) await delivery.reject(error.code);
    else await delivery.retry(pauseMs(delivery.attempt));
    return;
  }
  await delivery.acknowledge();
  onOutcome?.(outcome);
}

/** Goes on in the trace in which the event was said. */
function spanOf({ id, type, source, traceparent = "" }: TenantEvent): SpanOptions {
  const attributes = { [ATTRIBUTE.eventId]: id, [ATTRIBUTE.eventType]: type, [ATTRIBUTE.eventSource]: source };
  return { kind: "consumer", parent: traceparent, attributes };
}

/** Twice as long each time, with jitter, so that what failed together does not come back together. */
function pauseMs(attempt: number): number {
  return Math.min(LONGEST_PAUSE_MS, 500 * 2 ** attempt) * (0.5 + Math.random() / 2);
}
