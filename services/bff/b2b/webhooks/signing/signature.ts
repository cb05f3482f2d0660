import { timingSafeEqual } from "node:crypto";
import { Webhook } from "standardwebhooks";

/** How far the clock of a sender may be away from ours, in seconds; Standard Webhooks recommends five minutes. */
export const TOLERANCE_SECONDS = 300;

/** The three headers of a message by Standard Webhooks. */
export const WEBHOOK_HEADER = {
  id: "webhook-id",
  timestamp: "webhook-timestamp",
  signature: "webhook-signature",
} as const;

/** A message to be signed. */
export interface WebhookMessage {
  readonly id: string;
  readonly body: string;
  /** Of this attempt, in milliseconds since 1970. */
  readonly at: number;
}

/** A message that was received, with its headers as they came. */
export interface ReceivedWebhook {
  readonly id: string | undefined;
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
  readonly body: string;
}

type Complete = { readonly [Member in keyof ReceivedWebhook]: string };

/** Headers for a message, with a signature by each of the secrets, so that a receiver may change from one to the next. */
export function signatureHeaders({ id, body, at }: WebhookMessage, secrets: readonly string[]): Record<string, string> {
  const signatures = secrets.map((it) => new Webhook(it).sign(id, new Date(at), body));
  return {
    [WEBHOOK_HEADER.id]: id,
    [WEBHOOK_HEADER.timestamp]: String(Math.floor(at / 1_000)),
    [WEBHOOK_HEADER.signature]: signatures.join(" "),
  };
}

/** Why a webhook is not accepted; its sender is not told which. */
export type WebhookFault = "headers" | "timestamp" | "signature";

const ID = /^[A-Za-z0-9_.-]{1,128}$/;
const TIMESTAMP = /^\d{1,12}$/;
const LONGEST_SIGNATURE = 1_024;

/** What is wrong with a received message, `undefined` if one of the secrets signed it a short time ago. */
export function webhookFault(
  { id, timestamp, signature, body }: ReceivedWebhook,
  secrets: readonly string[],
  now: number,
): WebhookFault | undefined {
  if (id === undefined || timestamp === undefined || signature === undefined) return "headers";
  if (!ID.test(id) || !TIMESTAMP.test(timestamp) || signature.length > LONGEST_SIGNATURE) return "headers";
  if (Math.abs(now / 1_000 - Number(timestamp)) > TOLERANCE_SECONDS) return "timestamp";
  return secrets.some((it) => isSignedBy(it, { id, timestamp, signature, body })) ? undefined : "signature";
}

/** The package's own `verify` looks at the clock of the process; its `sign` is compared with here, in constant time. */
function isSignedBy(secret: string, { id, timestamp, signature, body }: Complete): boolean {
  const expected = new Webhook(secret).sign(id, new Date(Number(timestamp) * 1_000), body);
  return signature.split(" ").some((it) => isEqual(it, expected));
}

function isEqual(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
