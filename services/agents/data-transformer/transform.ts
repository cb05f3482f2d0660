import * as z from "zod";
import { partnerRecordSchema, type PartnerRecord } from "../integration-processor/records.ts";

/** Schema of what the step before hands over: records that it has validated, each with its place. */
export const handoverSchema = z.strictObject({
  records: z.array(z.strictObject({ index: z.int().nonnegative(), record: partnerRecordSchema })).max(1_000),
});

/** A record in the tenant's own form. */
export const tenantRecordSchema = z.strictObject({
  index: z.int().nonnegative(),
  itemCode: z.string(),
  units: z.int(),
  source: z.string(),
});

/** Schema of what the step answers. */
export const transformedSchema = z.strictObject({ records: z.array(tenantRecordSchema) });

/** A partner's record in the tenant's own form. */
export function transformed(
  index: number,
  { sku, quantity, reference }: PartnerRecord,
): z.infer<typeof tenantRecordSchema> {
  return { index, itemCode: sku, units: quantity, source: reference ?? "partner" };
}
