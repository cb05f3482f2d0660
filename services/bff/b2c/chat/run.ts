import type { AGUIEvent } from "@ag-ui/core";

/** What may be kept of one run; beyond it the run is ended, for an agent that does not stop must not fill the memory. */
const MOST_EVENTS = 5_000;
const MOST_CHARACTERS = 1_000_000;

/** Why a run was ended before its agent had answered. */
export type CancelReason = "asked" | "nobody-reads" | "too-long" | "stopping";

/** One answer of an agent as it comes: its events, each of which can be read again by its number, and who reads them. */
export class Run {
  readonly owner: string;
  readonly id: string;
  private readonly events: string[] = [];
  private readonly abort = new AbortController();
  private characters = 0;
  private ended = false;
  private readers = 0;
  private since = Date.now();
  private change = Promise.withResolvers<undefined>();

  constructor(owner: string, id: string) {
    this.owner = owner;
    this.id = id;
  }

  /** Aborted with a `CancelReason` once nobody wants the answer any more. */
  get signal(): AbortSignal {
    return this.abort.signal;
  }

  get isEnded(): boolean {
    return this.ended;
  }

  /** For how long it has been ended, or read by nobody; in milliseconds. */
  idleMs(now: number): number {
    return this.ended || this.readers === 0 ? now - this.since : 0;
  }

  /** Adds an event; nothing is added to a run that has ended. */
  publish(event: AGUIEvent): void {
    if (this.ended) return;
    const text = JSON.stringify(event);
    this.events.push(text);
    this.characters += text.length;
    this.wake();
    if (this.events.length >= MOST_EVENTS || this.characters >= MOST_CHARACTERS) this.cancel("too-long");
  }

  /** No more events come. */
  end(): void {
    this.ended = true;
    this.since = Date.now();
    this.wake();
  }

  /** Lets the agent's call be given up. */
  cancel(reason: CancelReason): void {
    this.abort.abort(reason);
  }

  /** Counts a reader, until what is returned is called. */
  join(): () => void {
    let isIn = true;
    this.readers++;
    return () => {
      if (!isIn) return;
      isIn = false;
      this.readers--;
      if (!this.ended && this.readers === 0) this.since = Date.now();
    };
  }

  /** The events after number `after`, as JSON; the first has the number 1. */
  after(after: number): readonly string[] {
    return this.events.slice(after);
  }

  /** Resolves when there is more to read, when the run ends, or when `wake` is called. */
  changed(): Promise<undefined> {
    return this.change.promise;
  }

  /** Lets those who wait look again. */
  wake(): void {
    const { resolve } = this.change;
    this.change = Promise.withResolvers<undefined>();
    resolve(undefined);
  }
}
