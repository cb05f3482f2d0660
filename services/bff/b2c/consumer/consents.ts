import * as z from "zod";
import type { RecordStore } from "../store/records.ts";

/** What a consumer may be asked for, each by itself; nothing is given until it is said (GDPR article 7, LGPD article 8). */
export const consentSchema = z.strictObject({
  /** Conversations are kept, to be read again. */
  history: z.boolean(),
  /** Preferences are told to agents, so that they choose better. */
  personalisation: z.boolean(),
});

/** What a consumer has agreed to. */
export type Consents = z.infer<typeof consentSchema>;

/** What holds for those who have said nothing. */
const NONE: Consents = { history: false, personalisation: false };

const keptSchema = consentSchema.extend({ at: z.string() });

/** What a consumer has agreed to, and when that was said last. */
export async function consentsOf(
  records: RecordStore,
  owner: string,
): Promise<Consents & { readonly at: string | null }> {
  const record = await records.get("consents", owner);
  return record === undefined ? { ...NONE, at: null } : keptSchema.parse(record.value);
}

/** Keeps what a consumer says; who no longer wants a history has none from then on. */
export async function giveConsents(records: RecordStore, owner: string, consents: Consents): Promise<void> {
  await records.put({ kind: "consents", id: owner, owner, value: { ...consents, at: new Date().toISOString() } });
  if (consents.history) return;
  for (const kind of ["turn", "conversation"] as const) {
    for (const it of await records.ofOwner(owner, { kind })) await records.remove(kind, it.id);
  }
}
