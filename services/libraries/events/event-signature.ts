import { createHash, createPublicKey, randomUUID, verify, type KeyObject } from "node:crypto";
import { isOfAgent } from "../../../contracts/bff/events.ts";
import { activeTraceparent } from "../telemetry/spans.ts";
import type { Certify } from "../service-kit/tokens/context-delegation.ts";
import { canonicalJson } from "./canonical-json.ts";
import { EventError } from "./event-error.ts";
import { type EventDraft, LARGEST_EVENT_BYTES, parseEvent, type TenantEvent } from "./tenant-event.ts";

/** How long after it was made an event is accepted, in milliseconds; consumers remember ids for longer. */
export const ACCEPTED_MS = 14 * 86_400_000;

const SKEW_MS = 300_000;

/** What is signed begins with this, so that no signature of another kind by the same key passes for one of an event. */
const PURPOSE = "alicerce-event-v2\n";

/** Makes signed events of one tenant. */
export interface EventSigner {
  readonly tenantId: string;
  /** Throws an `EventError` if the event is too large or not well formed. */
  sign(draft: EventDraft, sequence?: bigint): Promise<TenantEvent>;
}

/** A signer by the key of a tenant: in the cloud in KMS, on a laptop at hand. */
export function eventSigner(tenantId: string, certify: Certify, now: () => number = Date.now): EventSigner {
  return {
    tenantId,
    async sign(draft, sequence) {
      const event = eventOf(tenantId, draft, { at: now(), sequence });
      const text = canonicalJson(event);
      // Before the signature, which costs a call of KMS.
      if (Buffer.byteLength(text) > LARGEST_EVENT_BYTES - 200)
        throw new EventError("ERR_EVENT_TOO_LARGE", `more than ${LARGEST_EVENT_BYTES} bytes`);
      const signature = (await certify(signedBytes(text))).toString("base64url");
      return parseEvent(JSON.stringify({ ...event, signature }));
    },
  };
}

/** An event of an agent, which nobody signs: who hears it believes the bus. Throws an `EventError` if it is too large or not well formed. */
export function agentEvent(tenantId: string, draft: EventDraft): TenantEvent {
  if (!isOfAgent(draft.source)) throw new TypeError(`${draft.source} is no agent`);
  return parseEvent(JSON.stringify(eventOf(tenantId, draft, { at: Date.now(), sequence: undefined })));
}

function eventOf(
  tenantid: string,
  { id = randomUUID(), ...draft }: EventDraft,
  { at, sequence }: { readonly at: number; readonly sequence: bigint | undefined },
) {
  const traceparent = activeTraceparent();
  return {
    specversion: "1.0",
    id,
    ...draft,
    time: new Date(at).toISOString(),
    datacontenttype: "application/json",
    tenantid,
    ...(traceparent !== undefined && { traceparent }),
    ...(sequence !== undefined && { sequence: String(sequence).padStart(16, "0") }),
  } as const;
}

/** Whose events are accepted. */
export interface EventVerifierOptions {
  readonly tenantId: string;
  /** The keys of the tenant, more than one while they are rotated. */
  readonly publicKeys: readonly (KeyObject | string)[];
  readonly now?: () => number;
}

/**
 * The verified event in a text, which the bus took from `teller`; throws an `EventError` for one that is forged, of another tenant, too old
 * or from the future. What names an agent must be told by that agent; all else must be signed.
 */
export type EventVerifier = (text: string, teller?: string) => TenantEvent;

/** Makes a verifier of the events of one tenant. */
export function eventVerifier({ tenantId, publicKeys, now = Date.now }: EventVerifierOptions): EventVerifier {
  if (publicKeys.length === 0) throw new TypeError("publicKeys must hold at least one public key");
  const keys = publicKeys.map((it) => (typeof it === "string" ? createPublicKey(it) : it));
  return (text, teller) => {
    const event = parseEvent(text);
    if (event.tenantid !== tenantId)
      throw new EventError("ERR_EVENT_TENANT", "of another tenant", { field: "tenantid" });
    if (isOfAgent(event.source)) {
      if (teller !== event.source)
        throw new EventError("ERR_EVENT_SIGNATURE", "not told by the agent that it names", { field: "source" });
    } else if (!isSigned(event, keys))
      throw new EventError("ERR_EVENT_SIGNATURE", "not signed by a key of the tenant", { field: "signature" });
    const age = now() - Date.parse(event.time);
    if (age > ACCEPTED_MS) throw new EventError("ERR_EVENT_STALE", "too old", { field: "time" });
    if (age < -SKEW_MS) throw new EventError("ERR_EVENT_FUTURE", "from the future", { field: "time" });
    return event;
  };
}

function isSigned({ signature, ...rest }: TenantEvent, keys: readonly KeyObject[]): boolean {
  if (signature === undefined) return false;
  const [bytes, proof] = [signedBytes(canonicalJson(rest)), Buffer.from(signature, "base64url")];
  return keys.some((key) => verify("sha256", bytes, { key, dsaEncoding: "ieee-p1363" }, proof));
}

/** The digest stands for the event: KMS signs 4,096 bytes at most (AWS KMS API Reference, "Sign"). */
function signedBytes(canonical: string): Buffer {
  return Buffer.from(PURPOSE + createHash("sha256").update(canonical).digest("base64url"));
}
