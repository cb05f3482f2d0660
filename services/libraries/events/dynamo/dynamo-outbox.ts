import { createHash } from "node:crypto";
import type { TransactWriteItem } from "@aws-sdk/client-dynamodb";
import type { KeyedItems } from "../../keyed-items/keyed-items.ts";
import { type Fields, stamp } from "../../keyed-items/write.ts";
import type { EventBus, Outbox } from "../bus.ts";
import type { EventSigner } from "../event-signature.ts";
import { type EventDraft, parseEvent, type TenantEvent } from "../tenant-event.ts";

const OUTBOX = "outbox";
const AT_ONCE = 10;
const LOOKED_AT = 50;
/** Longer than a bus takes to answer. */
const HELD_MS = 30_000;
const LONGEST_PAUSE_MS = 300_000;

/** The outbox of one tenant in a table of DynamoDB: events by the time at which they are due. */
export class DynamoOutbox implements Outbox {
  private readonly items: KeyedItems;
  private readonly now: () => number;

  constructor(items: KeyedItems, now: () => number = Date.now) {
    this.items = items;
    this.now = now;
  }

  /**
   * Writes an event in the transaction of what it tells about. Events of one subject get numbers without gaps. Tells the places of those of
   * `others` whose condition did not hold; then nothing is written.
   */
  async write(
    signer: EventSigner,
    draft: EventDraft,
    others: readonly TransactWriteItem[],
  ): Promise<ReadonlySet<number>> {
    const { source, subject } = draft;
    const at = { key: `subject#${hashOf(source, subject)}`, part: "last" };
    for (;;) {
      const last = subject === undefined ? undefined : Number((await this.items.get(at))?.["last"] ?? 0);
      const event = await signer.sign(draft, last === undefined ? undefined : BigInt(last + 1));
      const numbered =
        last === undefined
          ? []
          : [this.items.change(at, { last: last + 1 }, last === 0 ? { exists: false } : { equals: { last } })];
      const refused = await this.items.write([...others, ...numbered, this.entry(event)]);
      const theirs = new Set([...refused].filter((place) => place < others.length));
      if (theirs.size > 0 || refused.size === 0) return theirs;
    }
  }

  /** The write that puts an event into the outbox, for the transaction of what it tells about. */
  entry(event: TenantEvent): TransactWriteItem {
    return this.eventAt(this.now(), hashOf(event.source, event.id), { event: JSON.stringify(event), tries: 0 });
  }

  /** What is put is removed only afterwards, so that an end in between makes the bus deliver twice and never not at all. */
  async relay(bus: EventBus): Promise<number> {
    const mine: Fields[] = [];
    let looked = 0;
    for await (const it of this.items.list(OUTBOX, { to: `${stamp(this.now())}~`, page: LOOKED_AT })) {
      if (await this.isMine(it)) mine.push(it);
      if (mine.length === AT_ONCE || ++looked === LOOKED_AT) break;
    }
    if (mine.length === 0) return 0;
    const failed = await failuresOf(bus, mine);
    await Promise.all(mine.map((it, place) => this.settle(it, failed.get(place))));
    return mine.length;
  }

  /** DynamoDB removes what has expired itself. */
  forget(): Promise<void> {
    return Promise.resolve();
  }

  private async isMine({ key, part }: Fields): Promise<boolean> {
    const [now, at] = [this.now(), { key: String(key), part: String(part) }];
    const held = this.items.change(at, { heldUntil: now + HELD_MS }, { exists: true, below: { heldUntil: now } });
    return (await this.items.write([held])).size === 0;
  }

  private async settle({ key, part, event, tries }: Fields, reason: string | undefined): Promise<void> {
    const gone = this.items.remove({ key: String(key), part: String(part) });
    const attempts = Number(tries) + 1;
    const pause = Math.min(LONGEST_PAUSE_MS, 500 * 2 ** attempts) * (0.5 + Math.random() / 2);
    const name = String(part).slice(stamp(0).length + 1);
    const later = { event: String(event), tries: attempts, lastFault: reason?.slice(0, 500) ?? "" };
    await this.items.write(reason === undefined ? [gone] : [gone, this.eventAt(this.now() + pause, name, later)]);
  }

  private eventAt(due: number, name: string, fields: Fields): TransactWriteItem {
    return this.items.put({ key: OUTBOX, part: `${stamp(due)}#${name}` }, fields);
  }
}

/** Why events were not taken, by their places. */
async function failuresOf(bus: EventBus, waiting: readonly Fields[]): Promise<ReadonlyMap<number, string>> {
  const events = waiting.map(({ event }) => parseEvent(String(event)));
  try {
    const failures = await bus.put(events);
    return new Map(failures.map(({ event, reason }) => [events.indexOf(event), reason]));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return new Map(events.map((_, place) => [place, reason]));
  }
}

function hashOf(...texts: readonly (string | undefined)[]): string {
  return createHash("sha256").update(JSON.stringify(texts)).digest("base64url");
}
