import { type EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import type { EventBus, PutFailure } from "../bus.ts";
import type { TenantEvent } from "../tenant-event.ts";
import { inEnvelope } from "./envelope.ts";

/** The bus of a tenant, and who says events there: the `source` that its rules match. */
export interface EventBridgeOptions {
  readonly busName: string;
  readonly source: string;
}

/** Most entries of one call, and their bytes in all (Amazon EventBridge, "PutEvents"). */
const MOST_ENTRIES = 10;
const MOST_BYTES = 256 * 1024;
const BYTES_OF_OTHERS = 1_024;

/** A tenant's bus in Amazon EventBridge. */
export class EventBridgeBus implements EventBus {
  private readonly client: EventBridgeClient;
  private readonly options: EventBridgeOptions;

  constructor(client: EventBridgeClient, options: EventBridgeOptions) {
    this.client = client;
    this.options = options;
  }

  async put(events: readonly TenantEvent[]): Promise<readonly PutFailure[]> {
    const failures: PutFailure[] = [];
    for (const some of together(events)) {
      try {
        failures.push(...(await this.putSome(some)));
      } catch (error) {
        const reason = error instanceof Error ? error.name : String(error);
        failures.push(...some.map((event) => ({ event, reason })));
      }
    }
    return failures;
  }

  private async putSome(events: readonly TenantEvent[]): Promise<readonly PutFailure[]> {
    const { busName: EventBusName, source: Source } = this.options;
    const entries = events.map((it) => ({ EventBusName, Source, DetailType: it.type, Detail: inEnvelope(it) }));
    const { Entries = [] } = await this.client.send(new PutEventsCommand({ Entries: entries }));
    return events.flatMap((event, place) => {
      const { EventId, ErrorCode = "no answer" } = Entries[place] ?? {};
      return EventId === undefined ? [{ event, reason: ErrorCode }] : [];
    });
  }
}

function together(events: readonly TenantEvent[]): readonly (readonly TenantEvent[])[] {
  const groups: TenantEvent[][] = [];
  let bytes = MOST_BYTES;
  for (const it of events) {
    const own = Buffer.byteLength(inEnvelope(it)) + BYTES_OF_OTHERS;
    bytes += own;
    const last = groups.at(-1);
    if (last === undefined || bytes > MOST_BYTES || last.length === MOST_ENTRIES) {
      groups.push([it]);
      bytes = own;
    } else last.push(it);
  }
  return groups;
}
