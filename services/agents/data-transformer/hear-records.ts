import * as z from "zod";
import { EventError } from "../../libraries/events/event-error.ts";
import type { Reaction } from "../../libraries/agent-process/agent-definition.ts";
import { processed } from "../integration-processor/hear-records.ts";
import { handoverSchema, transformed } from "./transform.ts";

const validatedSchema = z.strictObject({
  ...handoverSchema.shape,
  partnerId: z.string().min(1),
  message: z.string().min(1),
  deadLetters: z.array(z.strictObject({ index: z.int(), step: z.literal("validate"), reason: z.string() })),
});

/** Maps validated records of an event to the tenant's own form, and tells the partner what became of all of them. */
export const hearValidated: Reaction = ({ data }) => {
  const handover = validatedSchema.safeParse(data);
  if (!handover.success)
    throw new EventError("ERR_EVENT_MALFORMED", "not what the step before says", { field: "data" });
  const { records, deadLetters, ...of } = handover.data;
  return [processed(of, { records: records.map((it) => transformed(it.index, it.record)), deadLetters })];
};
