import { RECORDS } from "../../../contracts/agents/choreography.ts";
import { partnerIn, partnerSubject } from "../../../contracts/bff/events.ts";
import { EventError } from "../../libraries/events/event-error.ts";
import type { Reaction } from "../../libraries/agent-process/agent-definition.ts";
import { batchSchema, type DeadLetter, validated } from "./records.ts";

/** Of whose message an event says what became of it. */
interface Of {
  readonly partnerId: string;
  /** The id that the partner gave its own event. */
  readonly message: string;
}

/** What becomes of records that a partner says in an event of its own: those that are valid go on, and the partner hears of all others. */
export const hearRecords: Reaction = ({ id: message, source, data }) => {
  const partnerId = partnerIn(source);
  if (partnerId === undefined) throw new EventError("ERR_EVENT_MALFORMED", "of no partner", { field: "source" });
  const of = { partnerId, message };
  const batch = batchSchema.safeParse(data);
  if (!batch.success) return [processed(of, { records: [], deadLetters: [], code: "ERR_RECORDS" })];
  const { valid: records, deadLetters } = validated(batch.data.records);
  if (records.length === 0) return [processed(of, { records, deadLetters })];
  return [{ type: RECORDS.validated, data: { ...of, records, deadLetters } }];
};

/** Tells a partner what became of its records. */
export function processed(
  { partnerId, message }: Of,
  outcome: {
    readonly records: readonly unknown[];
    readonly deadLetters: readonly DeadLetter[];
    readonly code?: string;
  },
): ReturnType<Reaction>[number] {
  return {
    type: RECORDS.processed,
    subject: partnerSubject(partnerId, "records"),
    data: { message, ...outcome },
  };
}
