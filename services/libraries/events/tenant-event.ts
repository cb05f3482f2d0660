import { CloudEvent, type CloudEventV1 } from "cloudevents";
import * as z from "zod";
import { IDENTIFIER } from "../../../contracts/identifiers.ts";
import { parseStrictJson } from "../service-kit/strict-json.ts";
import { EventError } from "./event-error.ts";

/** Largest event as text, in bytes; Amazon EventBridge takes 262,144 for an entry with its own members. */
export const LARGEST_EVENT_BYTES = 200_000;

/** What one event says, before it is signed. */
export interface EventDraft {
  /** Unique together with `source`; made up unless given. */
  readonly id?: string;
  /** Who says it, as a URI reference, e.g. `urn:alicerce:bff:b2b`. */
  readonly source: string;
  /** What happened, e.g. `alicerce.batch.finished`. */
  readonly type: string;
  /** What it happened to; events of one subject are numbered. */
  readonly subject?: string;
  readonly data: unknown;
}

const attribute = z.string().min(1).max(512);
const shape = z.strictObject({
  specversion: z.literal("1.0"),
  id: attribute,
  source: attribute,
  type: z.string().regex(/^[a-z][a-z0-9_.-]{0,127}$/),
  subject: attribute.optional(),
  time: z.iso.datetime(),
  datacontenttype: z.literal("application/json"),
  /** The trace in which it was said (CloudEvents, "Distributed Tracing"). */
  traceparent: z
    .string()
    .regex(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[0-3]$/)
    .optional(),
  tenantid: z.string().regex(IDENTIFIER.tenantId),
  /** Place among the events of a subject, in decimal with leading zeros, as the extension "sequence" of CloudEvents has it. */
  sequence: z
    .string()
    .regex(/^\d{16}$/)
    .optional(),
  /** ECDSA on P-256 with SHA-256, r and s, in base64url; agents sign nothing, and the bus says who they are. */
  signature: z
    .string()
    .regex(/^[A-Za-z0-9_-]{86}$/)
    .optional(),
  data: z.unknown(),
});

/** An event of a tenant as CloudEvents 1.0 in JSON, with the extensions that we need. */
export type TenantEvent = Readonly<z.output<typeof shape>>;

/** The event in a text; throws an `EventError` unless it is CloudEvents 1.0 with all that we need. */
export function parseEvent(text: string): TenantEvent {
  if (Buffer.byteLength(text) > LARGEST_EVENT_BYTES)
    throw new EventError("ERR_EVENT_TOO_LARGE", `more than ${LARGEST_EVENT_BYTES} bytes`);
  try {
    const event = shape.parse(parseStrictJson(text));
    new CloudEvent(event as CloudEventV1<unknown>).validate();
    return event;
  } catch (cause) {
    throw new EventError("ERR_EVENT_MALFORMED", "not an event of CloudEvents 1.0", { cause });
  }
}
