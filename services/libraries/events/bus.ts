import type { TenantEvent } from "./tenant-event.ts";

/** Where a tenant's events are put: Amazon EventBridge in the cloud, a table of PostgreSQL on a laptop. Delivers at least once, in no order. */
export interface EventBus {
  /** The events that were not taken, and why; throws if none could be put. */
  put(events: readonly TenantEvent[]): Promise<readonly PutFailure[]>;
}

/** Where events wait that were written together with what they tell about, until a bus has taken them. */
export interface Outbox {
  /** Puts some of the events that are due on the bus; answers how many were taken up. */
  relay(bus: EventBus): Promise<number>;
  /** Forgets what is no longer needed. */
  forget(): Promise<void>;
}

/** A span of time in milliseconds since 1970, its end not included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** An event that the bus did not take. */
export interface PutFailure {
  readonly event: TenantEvent;
  readonly reason: string;
}

/** What one consumer has to read: Amazon SQS in the cloud, a table of PostgreSQL on a laptop. */
export interface EventQueue {
  /** Up to ten deliveries that nobody else sees for a while; waits for the first until `signal` or a time of the queue's own. */
  receive(signal: AbortSignal): Promise<readonly Delivery[]>;
}

/** One message of a queue. Until `acknowledge` it comes again; after too many attempts it becomes a dead letter. */
export interface Delivery {
  readonly text: string;
  /** The `source` under which the bus took it, if the queue knows: the bus lets each speaker use its own alone. */
  readonly teller?: string;
  /** 1 for the first. */
  readonly attempt: number;
  acknowledge(): Promise<void>;
  /** Lets it come again after some milliseconds. */
  retry(afterMs: number): Promise<void>;
  /** Makes it a dead letter as soon as the queue can. */
  reject(reason: string): Promise<void>;
}
