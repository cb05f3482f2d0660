import type { TransactWriteItem } from "@aws-sdk/client-dynamodb";
import type { TenantEvent } from "../../../../libraries/events/tenant-event.ts";
import type { KeyedItems } from "../../../../libraries/keyed-items/keyed-items.ts";
import type { EndpointStore } from "../outgoing/endpoints.ts";
import { bodyOf, partnerOf } from "../outgoing/tell-partners.ts";
import { due, messageAt, messageId } from "./due-messages.ts";

/** How long messages are kept with their log, in seconds. */
const KEPT_SECONDS = 30 * 86_400;

/**
 * The messages to the endpoints that are to be told of an event: those of the partner that its subject names, and of nobody else. For
 * `consumeOnce`, as its writes.
 */
export function tellPartnersIn(
  items: KeyedItems,
  endpoints: Pick<EndpointStore, "list">,
  now: () => number = Date.now,
) {
  return async (event: TenantEvent): Promise<readonly TransactWriteItem[]> => {
    const partnerId = partnerOf(event);
    if (partnerId === undefined) return [];
    const all = await endpoints.list(partnerId);
    const told = all.filter(
      (it) => it.disabledBecause === null && it.types.some((begin) => event.type.startsWith(begin)),
    );
    const [message, dueNow] = [messageId(event), now()];
    const fields = {
      ...{ partnerId, type: event.type, body: bodyOf(event), state: "pending", attempts: 0, dueAt: dueNow, log: "[]" },
      expire: Math.floor(dueNow / 1_000) + KEPT_SECONDS,
    };
    return told.flatMap(({ id: endpointId }) => [
      items.put(messageAt(endpointId, message), fields),
      due(items, { endpointId, message, dueAt: dueNow }),
    ]);
  };
}
