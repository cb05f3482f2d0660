import type { DynamoOutbox } from "../../../../libraries/events/dynamo/dynamo-outbox.ts";
import type { EventSigner } from "../../../../libraries/events/event-signature.ts";
import type { KeyedItems } from "../../../../libraries/keyed-items/keyed-items.ts";
import type { Inbox, Received, ReceivedMessage } from "../incoming/inbox.ts";

/** How long ids of messages are remembered, in seconds. */
const REMEMBERED_SECONDS = 30 * 86_400;

/** An inbox in DynamoDB, whose events go to the outbox of the same table. */
export class DynamoInbox implements Inbox {
  private readonly items: KeyedItems;
  private readonly outbox: DynamoOutbox;
  private readonly signer: EventSigner;

  constructor(items: KeyedItems, outbox: DynamoOutbox, signer: EventSigner) {
    this.items = items;
    this.outbox = outbox;
    this.signer = signer;
  }

  async keep({ sourceId, id, digest, event }: ReceivedMessage): Promise<Received> {
    const at = { key: `received#${sourceId}`, part: id };
    const content = digest.toString("base64url");
    const expire = Math.floor(Date.now() / 1_000) + REMEMBERED_SECONDS;
    const known = await this.items.get(at);
    if (known !== undefined) return known["content"] === content ? "duplicate" : "another";
    const refused = await this.outbox.write(this.signer, event, [
      this.items.put(at, { content, expire }, { exists: false }),
    ]);
    if (refused.size === 0) return "accepted";
    return (await this.items.get(at))?.["content"] === content ? "duplicate" : "another";
  }
}
