import * as z from "zod";
import { IDENTIFIER } from "../identifiers.ts";

/** What a caller can be: a consumer, somebody of a partner, a developer of the company, or a machine of its own accord. */
export const CALLER_KINDS = ["consumer", "partner", "developer", "machine"] as const;

/** One of `CALLER_KINDS`. */
export type CallerKind = (typeof CALLER_KINDS)[number];

/** A role or a department: a word that nothing has to escape. */
const word = z.string().regex(IDENTIFIER.role);

/** The members of a caller, each by itself. */
export const callerMembers = z.strictObject({
  tenantId: z.string().regex(IDENTIFIER.tenantId),
  kind: z.enum(CALLER_KINDS),
  /** The client by which the caller came, such as the BFF's own. */
  clientId: z.string().regex(IDENTIFIER.clientId),
  /** The partner, or the company of the developer. */
  organizationId: z.string().regex(IDENTIFIER.organizationId).optional(),
  /** Opaque id of the person; of a visitor who has not signed in, one that the BFF made for the visit. */
  userId: z.string().regex(IDENTIFIER.userId).optional(),
  roles: z.array(word).max(16).readonly(),
  department: word.optional(),
  /** Rights on data, such as "orders:read-own", by which servers choose rows and columns. */
  permissions: z.array(z.string().regex(IDENTIFIER.scope)).max(32).readonly(),
  /** What the caller was granted: "mcp:read", "mcp:write". */
  scopes: z.array(z.string().regex(IDENTIFIER.scope)).max(16).readonly(),
});

/**
 * Schema of the person or partner on whose behalf an agent works (specification, 5.1): whoever verified the caller signs it as a context
 * token, and an agent passes that token on as it is. No names and no addresses: what identifies people stays in the directory.
 * Whose conversations and tasks are whose follows from it, so people have an id, and partners an organisation.
 */
export const agentCallerSchema = callerMembers
  .refine(({ kind, userId }) => userId !== undefined || (kind !== "consumer" && kind !== "developer"), {
    path: ["userId"],
    message: "a person has an id",
  })
  .refine(({ kind, organizationId }) => organizationId !== undefined || kind !== "partner", {
    path: ["organizationId"],
    message: "a partner has an organisation",
  });

/** Who stands behind a call of an agent. */
export type AgentCaller = z.infer<typeof agentCallerSchema>;
