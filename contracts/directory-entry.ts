import * as z from "zod";
import { IDENTIFIER } from "./identifiers.ts";

/** Schema of a tenant's entry in the directory: `infra` writes it into the tenant's table as JSON, the interceptors parse it. */
export const directoryEntrySchema = z
  .object({
    tenantId: z.string().regex(IDENTIFIER.tenantId),
    status: z.enum(["active", "suspended"]),
    /** Whether what identifies people, such as an address, must stay out of the audit log. */
    isGdpr: z.boolean(),
    organizationId: z.string().regex(IDENTIFIER.organizationId).optional(),
    tier: z.object({
      perHour: z.int().positive(),
      perDay: z.int().positive(),
      /** Whether everybody of the tenant draws on one quota, or each caller has one. */
      sharedBy: z.enum(["tenant", "caller"]),
    }),
  })
  .readonly();

/** What the directory says of a tenant. */
export type DirectoryEntry = z.infer<typeof directoryEntrySchema>;
