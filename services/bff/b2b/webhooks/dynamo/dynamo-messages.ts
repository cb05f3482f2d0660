import * as z from "zod";
import type { KeyedItems } from "../../../../libraries/keyed-items/keyed-items.ts";
import type { Fields } from "../../../../libraries/keyed-items/write.ts";
import { stamp } from "../../../../libraries/keyed-items/write.ts";
import {
  AT_ONCE,
  type Attempt,
  type DueMessage,
  LEASE_SECONDS,
  type LoggedMessage,
  type MessageStore,
  type Next,
  OF_ONE_ENDPOINT,
} from "../outgoing/messages.ts";
import { DUE, type Due, due, dueAt, dueFields, messageAt, messageFields } from "./due-messages.ts";
import { endpointAt, secretsIn } from "./dynamo-endpoints.ts";

/** How many messages that are due are looked at together. */
const LOOKED_AT = 1_000;
const MOST_LOGGED = 50;
const GONE = "the endpoint answered 410 Gone";
const ID = /^msg_[0-9a-z]{41}$/;

const logged = z.array(
  z.object({ at: z.string(), outcome: z.string(), status: z.number().optional(), durationMs: z.number() }),
);

/** What is to be sent to the endpoints of one tenant, and what became of it, in DynamoDB: messages by endpoint, and by when they are due. */
export class DynamoMessages implements MessageStore {
  private readonly items: KeyedItems;
  private readonly now: () => number;

  constructor(items: KeyedItems, now: () => number = Date.now) {
    this.items = items;
    this.now = now;
  }

  async take(): Promise<readonly DueMessage[]> {
    const chosen = await this.chosen();
    const taken = await Promise.all(chosen.map((it) => this.leased(it)));
    return taken.filter((it) => it !== undefined);
  }

  async note(
    { endpointId, id, attempt }: DueMessage,
    { outcome, status, durationMs }: Attempt,
    next: Next,
  ): Promise<void> {
    const before = await this.message(endpointId, id);
    if (before === undefined) return;
    const now = this.now();
    const state = next.state === "gone" ? "dead" : next.state;
    const one = {
      at: new Date(now).toISOString(),
      outcome,
      ...(status && { status }),
      durationMs: Math.round(durationMs),
    };
    const again = { endpointId, message: id, dueAt: Math.ceil(now + (next.state === "pending" ? next.pauseMs : 0)) };
    const fields = {
      ...{ state, dueAt: again.dueAt, body: state === "delivered" ? "" : before.body },
      log: JSON.stringify([...logged.parse(JSON.parse(before.log)), one].slice(-MOST_LOGGED)),
    };
    await this.items.write([
      this.items.change(messageAt(endpointId, id), fields, { equals: { state: "pending", attempts: attempt } }),
      this.items.remove(dueAt({ ...again, dueAt: before.dueAt })),
      ...(state === "pending" ? [due(this.items, again)] : []),
    ]);
    if (next.state !== "gone") return;
    await this.items.write([
      this.items.change(endpointAt(before.partnerId, endpointId), { gone: GONE }, { exists: true }),
    ]);
  }

  async log(
    endpointId: string,
    state: LoggedMessage["state"] | null,
    limit: number,
  ): Promise<readonly LoggedMessage[]> {
    const found: LoggedMessage[] = [];
    for await (const it of this.items.list(messageAt(endpointId, "").key, { newestFirst: true })) {
      const message = messageFields.parse(it);
      if (state !== null && message.state !== state) continue;
      const { part: id, type } = message;
      found.push({
        id,
        type,
        state: message.state,
        attempts: logged.parse(JSON.parse(message.log)) as LoggedMessage["attempts"],
      });
      if (found.length === limit) break;
    }
    return found;
  }

  async replay(endpointId: string, id?: string): Promise<number> {
    const ids = id === undefined ? (await this.log(endpointId, "dead", Infinity)).map((it) => it.id) : [id];
    const replayed = await Promise.all(ids.map((it) => this.replayed(endpointId, it)));
    return replayed.filter(Boolean).length;
  }

  /** DynamoDB removes messages that have expired itself. */
  forget(): Promise<void> {
    return Promise.resolve();
  }

  /** The oldest first, a few of one endpoint. */
  private async chosen(): Promise<readonly Due[]> {
    const chosen: Due[] = [];
    let looked = 0;
    for await (const it of this.items.list(DUE, { to: `${stamp(this.now())}~`, page: LOOKED_AT })) {
      const one = dueFields.parse(it);
      const isOneTooMany = chosen.filter((other) => other.endpointId === one.endpointId).length === OF_ONE_ENDPOINT;
      if (!isOneTooMany) chosen.push(one);
      if (chosen.length === AT_ONCE || ++looked === LOOKED_AT) break;
    }
    return chosen;
  }

  private async leased({ endpointId, message, dueAt: before }: Due): Promise<DueMessage | undefined> {
    const found = await this.message(endpointId, message);
    const endpoint = found && (await this.items.get(endpointAt(found.partnerId, endpointId)));
    const was = this.items.remove(dueAt({ endpointId, message, dueAt: before }));
    if (found === undefined || endpoint === undefined) {
      // Its partner removed the endpoint.
      await this.items.write([was, this.items.remove(messageAt(endpointId, message))]);
      return undefined;
    }
    const condition = { equals: { state: "pending", dueAt: before } };
    const changed = (fields: Fields) => this.items.change(messageAt(endpointId, message), fields, condition);
    if (endpoint["gone"] !== "") {
      await this.items.write([was, changed({ state: "dead" })]);
      return undefined;
    }
    const [attempt, until] = [found.attempts + 1, this.now() + LEASE_SECONDS * 1_000];
    const refused = await this.items.write([
      ...[was, changed({ attempts: attempt, dueAt: until })],
      due(this.items, { endpointId, message, dueAt: until }),
    ]);
    const { body } = found;
    return refused.size > 0
      ? undefined
      : { endpointId, id: message, url: String(endpoint["url"]), body, secrets: secretsIn(endpoint), attempt };
  }

  private async replayed(endpointId: string, message: string): Promise<boolean> {
    if (!ID.test(message)) return false;
    const now = this.now();
    const refused = await this.items.write([
      this.items.change(
        messageAt(endpointId, message),
        { state: "pending", attempts: 0, dueAt: now },
        { equals: { state: "dead" } },
      ),
      due(this.items, { endpointId, message, dueAt: now }),
    ]);
    return refused.size === 0;
  }

  private async message(endpointId: string, id: string): Promise<z.output<typeof messageFields> | undefined> {
    const found = await this.items.get(messageAt(endpointId, id));
    return found && messageFields.parse(found);
  }
}
