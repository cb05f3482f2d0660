import { setTimeout as pause } from "node:timers/promises";
import { goodSecrets, keptSecrets, type SecretSeal } from "../signing/secrets.ts";
import { signatureHeaders } from "../signing/signature.ts";
import { pauseAfter, PAUSES_MS } from "./backoff.ts";
import type { DueMessage, MessageStore, Next } from "./messages.ts";
import type { Send, Sent } from "./send.ts";

/** What a sender of one tenant's webhooks needs. */
export interface SenderOptions {
  readonly messages: MessageStore;
  readonly seal: SecretSeal;
  readonly send: Send;
  readonly now?: () => number;
  readonly pausesMs?: readonly number[];
  /** How long is waited when nothing is due, in milliseconds. */
  readonly idleMs?: number;
  readonly onFault?: (error: unknown) => void;
}

const IDLE_MS = 200;
const FORGET_EVERY_MS = 3_600_000;

/** Sends what is due, once; tells how many messages there were. A process that ends in between sends again, with the same id. */
export async function sendDue(options: SenderOptions): Promise<number> {
  const { messages, seal, send, now = Date.now, pausesMs = PAUSES_MS } = options;
  const due = await messages.take();
  await Promise.all(
    due.map(async (message) => {
      const { id, url, body, endpointId } = message;
      const at = now();
      const secrets = goodSecrets(keptSecrets.parse(message.secrets), seal, endpointId, at);
      const sent = await send(url, signatureHeaders({ id, body, at }, secrets), body);
      await messages.note(message, sent, nextOf(message, sent, pausesMs));
    }),
  );
  return due.length;
}

/** Sends until `signal`; what was begun is finished first. */
export async function runSender(options: SenderOptions, signal: AbortSignal): Promise<void> {
  const { idleMs = IDLE_MS } = options;
  let forgetAt = 0;
  while (!signal.aborted) {
    let sent = 0;
    try {
      sent = await sendDue(options);
      if (Date.now() >= forgetAt) {
        await options.messages.forget();
        forgetAt = Date.now() + FORGET_EVERY_MS;
      }
    } catch (error) {
      options.onFault?.(error);
    }
    if (sent === 0) await pause(idleMs, undefined, { signal }).catch(() => undefined);
  }
}

function nextOf({ attempt }: DueMessage, { outcome, retryAfterMs }: Sent, pausesMs: readonly number[]): Next {
  if (outcome === "delivered") return { state: "delivered" };
  if (outcome === "gone") return { state: "gone" };
  const pauseMs = pauseAfter(attempt, { pausesMs, ...(retryAfterMs !== undefined && { askedMs: retryAfterMs }) });
  return pauseMs === undefined ? { state: "dead" } : { state: "pending", pauseMs };
}
