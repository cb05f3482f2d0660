import { createHash } from "node:crypto";
import * as z from "zod";
import { partnerSource } from "../../../../../contracts/bff/events.ts";
import { parseStrictJson } from "../../../../libraries/service-kit/strict-json.ts";
import { ApiProblem } from "../../../library/api-problem.ts";
import { checkedBy } from "../../../library/json-body.ts";
import { newSecret } from "../signing/secrets.ts";
import { type ReceivedWebhook, webhookFault } from "../signing/signature.ts";
import type { Inbox, Received } from "./inbox.ts";
import type { SourceStore } from "./sources.ts";

/** What is needed to receive what partners tell. */
export interface ReceiveDependencies {
  readonly inbox: Inbox;
  readonly sources: SourceStore;
  readonly now: () => number;
}

/** Of a message by Standard Webhooks. */
const payload = z.strictObject({
  type: z.string().regex(/^[a-z][a-z0-9_.-]{0,99}$/),
  timestamp: z.iso.datetime({ offset: true }).optional(),
  data: z.unknown(),
});

/** An unknown source takes as long as a known one. */
const NOBODYS_SECRET = newSecret();

/**
 * Makes an event of the tenant of what a partner tells, once: a message that comes again changes nothing, however often. Throws
 * `ApiProblem`: 401 unless it is signed by a secret of the source a short time ago, 409 for another message with the same id.
 */
export async function receive(
  { inbox, sources, now }: ReceiveDependencies,
  sourceId: string,
  message: ReceivedWebhook,
): Promise<Exclude<Received, "another">> {
  const source = await sources.find(sourceId, now());
  const fault = webhookFault(message, source?.secrets ?? [NOBODYS_SECRET], now());
  if (source === undefined || fault !== undefined || message.id === undefined) throw refused(fault ?? "source");
  const { type, data } = checkedBy(payload, parsed(message.body));
  const { id } = message;
  const digest = createHash("sha256").update(message.body).digest();
  const received = await inbox.keep({
    ...{ sourceId, id, digest },
    event: { id, source: partnerSource(source.partnerId, source.id), type: `partner.${type}`, data },
  });
  if (received === "another") throw new ApiProblem("conflict", "another message had this webhook-id");
  return received;
}

function refused(reason: string): ApiProblem {
  return new ApiProblem("unauthenticated", "the webhook is not signed by a secret of this address", {
    cause: new Error(reason),
  });
}

function parsed(body: string): unknown {
  try {
    return parseStrictJson(body);
  } catch (cause) {
    throw new ApiProblem("bad-request", "the body must be JSON", { cause });
  }
}
