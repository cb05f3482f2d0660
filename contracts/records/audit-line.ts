import * as z from "zod";
import { CLASSIFICATIONS } from "../classifications.ts";
import { logLineSchema } from "./log-line.ts";

/** What the `event_type` of an audit line says where a gateway or a server was called. */
export const AUDIT_EVENT = "mcp_request";

/** What it says where a BFF was called. */
export const BFF_AUDIT_EVENT = "bff_request";

/** What it says where an agent was called. */
export const A2A_AUDIT_EVENT = "a2a_request";

/**
 * Schema of the audit line of one call (specification, section 5.4): interceptors, BFFs and agents write it, a line of JSON each, and the
 * development server and log queries read it. It is a line of a log, too. There is no member for arguments, payloads or addresses of people; what is not known is null.
 */
export const auditLineSchema = z.strictObject({
  ...logLineSchema.shape,
  event_type: z.enum([AUDIT_EVENT, BFF_AUDIT_EVENT, A2A_AUDIT_EVENT]),
  correlation_id: z.string(),
  request_id: z.string(),
  decision: z.enum(["allowed", "refused"]),
  /** The code of the refusal, such as `ERR_SCOPE_INSUFFICIENT`. */
  refusal_code: z.string().nullable(),
  client_context: z.strictObject({
    agent_id: z.string().nullable(),
    tenant_id: z.string(),
    user_id: z.string().nullable(),
    /** Absent where the tenant's people are under the GDPR. */
    client_ip: z.string().optional(),
  }),
  mcp_context: z.strictObject({
    server_name: z.string().nullable(),
    method: z.string().nullable(),
    resource_accessed: z.string().nullable(),
    data_classification: z.enum(CLASSIFICATIONS).nullable(),
  }),
  security_context: z.strictObject({
    token_issued_at: z.iso.datetime().nullable(),
    token_expires_at: z.iso.datetime().nullable(),
    /** The `jti` of the access token, or what names the credential of a partner: calls with one of them are found by it. */
    token_id: z.string().nullable(),
    scopes: z.array(z.string()).readonly(),
    permissions_validated: z.boolean(),
  }),
  response_context: z.strictObject({
    status_code: z.int().nullable(),
    response_size_bytes: z.number().nullable(),
    processing_time_ms: z.number().nullable(),
    records_returned: z.number().nullable(),
  }),
});

/** What an audit line says of a call. */
export type AuditLine = z.infer<typeof auditLineSchema>;
