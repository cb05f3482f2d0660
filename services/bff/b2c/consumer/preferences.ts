import * as z from "zod";
import type { RecordStore } from "../store/records.ts";

const word = z.string().regex(/^[\p{L}\p{N} '&-]{1,40}$/u);

/** What a consumer likes; agents hear of it with the consumer's consent alone. */
export const preferencesSchema = z.strictObject({
  language: z.enum(["pt-BR", "en"]).optional(),
  /** Categories of products that are wanted, and those that are never recommended. */
  likedCategories: z.array(word).max(20).optional(),
  hiddenCategories: z.array(word).max(20).optional(),
  highestPrice: z.number().positive().max(1_000_000).optional(),
});

/** What a consumer likes. */
export type Preferences = z.infer<typeof preferencesSchema>;

/** A consumer's preferences; none for who has said nothing. */
export async function preferencesOf(records: RecordStore, owner: string): Promise<Preferences> {
  const record = await records.get("preferences", owner);
  return record === undefined ? {} : preferencesSchema.parse(record.value);
}
