import * as z from "zod";

/** Schema of one record of a partner: an order line as partners name it. */
export const partnerRecordSchema = z.strictObject({
  sku: z.string().regex(/^[A-Z0-9-]{2,32}$/),
  quantity: z.int().positive().max(100_000),
  reference: z.string().max(64).optional(),
});

/** One record of a partner that is valid. */
export type PartnerRecord = z.infer<typeof partnerRecordSchema>;

/** Schema of what a partner sends, and what goes on to the next step. */
export const batchSchema = z.strictObject({ records: z.array(z.unknown()).min(1).max(1_000) });

/** A record that no step takes further, and why: nothing is lost. */
export interface DeadLetter {
  readonly index: number;
  readonly step: "validate" | "transform";
  readonly reason: string;
}

/** Sorts records into those that are valid and those that are not. */
export function validated(records: readonly unknown[]): {
  readonly valid: readonly { readonly index: number; readonly record: PartnerRecord }[];
  readonly deadLetters: readonly DeadLetter[];
} {
  const results = records.map((it, index) => ({ index, parsed: partnerRecordSchema.safeParse(it) }));
  return {
    valid: results.flatMap(({ index, parsed }) => (parsed.success ? [{ index, record: parsed.data }] : [])),
    deadLetters: results.flatMap(({ index, parsed }): readonly DeadLetter[] => {
      if (parsed.success) return [];
      const [issue] = parsed.error.issues;
      return [{ index, step: "validate", reason: `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "invalid"}` }];
    }),
  };
}
