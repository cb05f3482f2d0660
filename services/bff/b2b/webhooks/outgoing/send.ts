import { type Dispatcher, errors, request } from "undici";
import { networksOf } from "../../../../libraries/guarded-http/address.ts";
import { guardedAgent } from "../../../../libraries/guarded-http/guarded-agent.ts";
import type { Attempt } from "./messages.ts";

/** An address that is not public, where a partner said that it wants to be told. */
export class AddressRefused extends Error {
  override readonly name = "AddressRefused";
}

/** Which addresses are sent to although they are not public, as CIDR has them: a laptop's own. */
export interface SendOptions {
  readonly dangerouslyAllowedNetworks?: readonly string[];
  readonly timeoutMs?: number;
  readonly lookup?: Parameters<typeof guardedAgent>[0]["lookup"];
}

/** What one attempt came to, and for how long the receiver asked not to be called again. */
export interface Sent extends Attempt {
  readonly retryAfterMs?: number;
}

/** Sends one message. */
export type Send = (url: string, headers: Record<string, string>, body: string) => Promise<Sent>;

const TIMEOUT_MS = 15_000;
const LONGEST_REPLY_BYTES = 64 * 1024;

/** Makes a sender to public addresses alone, which follows no redirect and reads no answer beyond its status. */
export function webhookSender({ dangerouslyAllowedNetworks = [], timeoutMs = TIMEOUT_MS, lookup }: SendOptions = {}): {
  readonly send: Send;
  readonly close: () => Promise<void>;
} {
  const agent = guardedAgent({
    openedNetworks: networksOf(dangerouslyAllowedNetworks),
    longestReplyBytes: LONGEST_REPLY_BYTES,
    refusal: (reason) => new AddressRefused(reason),
    ...(lookup !== undefined && { lookup }),
  });
  const send: Send = async (url, headers, body) => {
    const began = performance.now();
    const sent = await attempt(agent, timeoutMs, { url, headers, body }).catch((error: unknown) => ({
      outcome: outcomeOf(error),
    }));
    return { ...sent, durationMs: performance.now() - began };
  };
  return { send, close: () => agent.destroy() };
}

async function attempt(
  dispatcher: Dispatcher,
  timeoutMs: number,
  { url, headers, body }: { readonly url: string; readonly headers: Record<string, string>; readonly body: string },
): Promise<Omit<Sent, "durationMs">> {
  const response = await request(url, {
    dispatcher,
    method: "POST",
    headers: { ...headers, "content-type": "application/json", "user-agent": "alicerce-webhooks/1" },
    body,
    signal: AbortSignal.timeout(timeoutMs),
  });
  const { statusCode: status } = response;
  // The status alone counts: an answer that never ends or is too long takes nothing from it.
  response.body.on("error", () => undefined).destroy();
  const retryAfterMs = Number(response.headers["retry-after"]) * 1_000;
  const isAsked = Number.isFinite(retryAfterMs) && retryAfterMs > 0;
  return { status, outcome: outcomeOfStatus(status), ...(isAsked && { retryAfterMs }) };
}

function outcomeOfStatus(status: number): string {
  if (status >= 200 && status < 300) return "delivered";
  if (status === 410) return "gone";
  return status >= 300 && status < 400 ? "redirect refused" : "refused by the receiver";
}

/** A fixed text for each kind of failure: what errors say may hold addresses. */
function outcomeOf(error: unknown): string {
  if (error instanceof AddressRefused) return "address refused";
  const isTimeout =
    error instanceof errors.ConnectTimeoutError || (error instanceof Error && error.name === "TimeoutError");
  return isTimeout ? "timeout" : "not reached";
}
