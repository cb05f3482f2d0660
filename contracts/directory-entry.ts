import * as z from "zod";
import { CALLER_KINDS } from "./agents/caller.ts";
import { IDENTIFIER } from "./identifiers.ts";
import { SCENARIOS } from "./scenarios.ts";

/** Whether a tenant is served: callers of one that is suspended are refused by its gateways. */
export const TENANT_STATUSES = ["active", "suspended"] as const;

/** Words that an interceptor of another release may not know yet. */
const permissions = z.array(z.string().regex(IDENTIFIER.scope)).max(32).readonly();

/** How much may be called. */
const tier = z.object({
  perHour: z.int().positive(),
  perDay: z.int().positive(),
  /** Whether everybody of the tenant draws on one quota, or each caller has one. */
  sharedBy: z.enum(["tenant", "caller"]),
  /** How fast, where that is bounded: so many calls a minute in the long run, and at most `burst` of them at once. */
  rate: z.object({ perMinute: z.int().positive(), burst: z.int().positive() }).optional(),
});

/** How much may be called in one scenario. */
export type Tier = z.infer<typeof tier>;

/** Schema of a tenant's entry in the directory: `infra` writes it into the tenant's table as JSON, the interceptors parse it. */
export const directoryEntrySchema = z
  .object({
    tenantId: z.string().regex(IDENTIFIER.tenantId),
    status: z.enum(TENANT_STATUSES),
    /** Whether what identifies people, such as an address, must stay out of the audit log. */
    isGdpr: z.boolean(),
    organizationId: z.string().regex(IDENTIFIER.organizationId).optional(),
    /** What a person may do, by her role; who has none that is here may do nothing. */
    roles: z.record(z.string().regex(IDENTIFIER.role), permissions).default({}),
    /** What everybody else may do: machines, and those on whose behalf they call. */
    kinds: z.partialRecord(z.enum(CALLER_KINDS), permissions).default({}),
    /** What an agent may do that calls on nobody's behalf; nothing, unless it is said. */
    agents: permissions.default([]),
    /** What bounds callers of a scenario that `tiers` does not name: an interceptor and an entry may be of different releases for a while. */
    tier,
    tiers: z.partialRecord(z.enum(SCENARIOS), tier).default({}),
  })
  .readonly();

/** What the directory says of a tenant. */
export type DirectoryEntry = z.infer<typeof directoryEntrySchema>;
