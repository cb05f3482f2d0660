import { ContentTypeNotSupportedError, RequestMalformedError } from "@a2a-js/sdk/errors";
import * as z from "zod";
import { IDENTIFIER } from "../../../contracts/identifiers.ts";
import { Problem } from "../service-kit/problem.ts";

const id = z
  .string()
  .max(128)
  .regex(/^[A-Za-z0-9._:-]*$/);

/** An id that may be left out, which A2A writes as an empty text too. */
const optionalId = id.optional();

/** Only what the host itself looks at; the SDK reads the rest. */
const rpcSchema = z.object({
  jsonrpc: z.literal("2.0"),
  method: z.string().min(1).max(64),
  params: z
    .looseObject({
      tenant: z.string().max(64).optional(),
      id: optionalId,
      message: z
        .looseObject({
          messageId: id.min(1),
          contextId: optionalId,
          taskId: optionalId,
          parts: z.array(z.looseObject({})).min(1).max(32),
          referenceTaskIds: z.array(id).max(8).optional(),
        })
        .optional(),
      configuration: z.looseObject({ returnImmediately: z.boolean().optional() }).optional(),
    })
    .optional(),
});

/** A request of which the host has seen what it must. */
export interface SeenRequest {
  readonly method: string;
  /** The JSON-RPC request, with the tenant that was verified in the place of what the caller wrote. */
  readonly body: { readonly [name: string]: unknown };
  /** Whether an agent works for it, so that it takes one of the places. */
  readonly isWork: boolean;
  /** The task that the caller only watches. */
  readonly watches: string | undefined;
  /** Whether the caller leaves before the answer, on purpose. */
  readonly isBackground: boolean;
}

/**
 * Sees that a JSON-RPC request is of the tenant of both identities, and holds only parts that agents take. Throws `Problem` for another
 * tenant, and the errors of A2A for what is malformed.
 */
export function seenRequest(body: unknown, tenantId: string): SeenRequest {
  const { method, params = {} } = parsed(body);
  requireTenant(params.tenant, tenantId);
  (params.message?.parts ?? []).forEach(requirePart);
  const isWork = method === "SendMessage" || method === "SendStreamingMessage";
  if (isWork && params.message === undefined) throw new RequestMalformedError("request.message is required.");
  return {
    method,
    body: { ...(body as object), params: { ...params, tenant: tenantId } },
    isWork,
    watches: method === "SubscribeToTask" ? params.id : undefined,
    isBackground: method === "SendMessage" && params.configuration?.returnImmediately === true,
  };
}

function parsed(body: unknown): z.output<typeof rpcSchema> {
  const { data, error } = rpcSchema.safeParse(body);
  if (data !== undefined) return data;
  if (error.issues.some(({ path: [first] }) => first !== "params"))
    throw new Problem("ERR_REQUEST_INVALID", "no JSON-RPC request", "the body must be a JSON-RPC 2.0 request");
  throw new RequestMalformedError("Invalid method parameters.");
}

function requireTenant(said: string | undefined, tenantId: string): void {
  // An empty text is how protocol buffers write that there is none.
  if (said === undefined || said === "" || said === tenantId) return;
  const message = "the tenant is not the caller's";
  throw new Problem("ERR_TENANT_MISMATCH", "params.tenant is another one", message, { field: "tenant" });
}

/** Files come from elsewhere than a message: by a tool, under the tenant's key. */
function requirePart(part: { readonly [name: string]: unknown }): void {
  if ("raw" in part || "url" in part)
    throw new ContentTypeNotSupportedError("Parts may be text or data; files are not supported.");
  if (typeof part["text"] !== "string" && !("data" in part)) throw new RequestMalformedError("A part has no content.");
}

/** The correlation id of a call: the caller's where it is one, else `requestId`. */
export function correlationOf(header: string | string[] | undefined, requestId: string): string {
  return typeof header === "string" && IDENTIFIER.correlationId.test(header) ? header : requestId;
}

/** For how long a call may take, in milliseconds: what the caller says it waits, never more than the host grants. */
export function allowedMs(header: string | string[] | undefined, granted: number): number {
  const said = typeof header === "string" && /^[1-9]\d{0,8}$/.test(header) ? Number(header) : granted;
  return Math.min(said, granted);
}
