import {
  ProtocolError,
  ProtocolErrorCode,
  type CallToolResult,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { TOOL_ERROR_META } from "../../../contracts/server-contract.ts";
import { Problem } from "../service-kit/problem.ts";
import type { TenantContext } from "../service-kit/tenant-context.ts";
import { TOOL_ERROR } from "../telemetry/names.ts";
import { failActiveSpan } from "../telemetry/spans.ts";
import { withDeadline } from "./deadline.ts";
import type { Call, Tool } from "./definition/definition.ts";
import { deprecationMeta } from "./definition/deprecation.ts";
import { exchangeOf } from "./http/exchange.ts";
import { fits } from "./result-size.ts";

/** Where the host writes what a client must not see; a pino logger is one. */
export interface HostLog {
  error(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** What the host lends to every call. */
export interface CallFrame<Services> {
  readonly services: Services;
  readonly deadlineMs: number;
  readonly resultBytes: number;
  readonly log: HostLog;
}

/** Runs something of a definition under its deadline and result limit. */
export async function guarded<Services, Result>(
  frame: CallFrame<Services>,
  declared: { readonly name: string; readonly permission: string; readonly deadlineMs?: number },
  protocol: ServerContext,
  work: (call: Call<Services>) => Promise<Result>,
): Promise<Result> {
  const { services, resultBytes } = frame;
  const { context } = exchangeOf(protocol);
  requirePermission(declared, context);
  const deadlineMs = declared.deadlineMs ?? frame.deadlineMs;
  const result = await withDeadline(deadlineMs, protocol.mcpReq.signal, (signal) =>
    work({ context, signal, services, protocol }),
  );
  if (fits(result, resultBytes)) return result;
  const reason = `the result exceeds ${resultBytes} bytes`;
  throw new Problem("ERR_RESULT_TOO_LARGE", reason, `${reason}; ask for less`);
}

/** Whether the role of the caller permits something, as the interceptor resolved it and its token says. */
export function isPermitted(permission: string, { permissions = [] }: TenantContext): boolean {
  return permissions.includes(permission);
}

function requirePermission(
  { name, permission }: { readonly name: string; readonly permission: string },
  context: TenantContext,
): void {
  if (isPermitted(permission, context)) return;
  const message = `"${name}" needs the permission ${permission}, which the role of the caller does not have`;
  throw new Problem("ERR_PERMISSION_MISSING", `no permission ${permission}`, message, { field: "user_context" });
}

/** A tool's answer as the protocol has it; whatever goes wrong is a result that tells the model, and nothing else, why. */
export async function callTool<Services>(
  frame: CallFrame<Services>,
  tool: Tool<Services>,
  args: object,
  protocol: ServerContext,
): Promise<CallToolResult> {
  try {
    const answer = await guarded(frame, tool, protocol, (call) => tool.run(args, call));
    return withMeta(tool, toResult(tool, answer));
  } catch (error) {
    failActiveSpan(TOOL_ERROR);
    return withMeta(tool, toolError(published(frame.log, tool.name, error, protocol)));
  }
}

/** The failure of a resource or prompt as a protocol error, without what only the log may have. */
export async function orProtocolError<Services, Result>(
  frame: CallFrame<Services>,
  name: string,
  protocol: ServerContext,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProtocolError) throw error;
    const { code, message } = published(frame.log, name, error, protocol);
    const isOurs = code === "ERR_INTERNAL" || code === "ERR_DEADLINE";
    throw new ProtocolError(isOurs ? ProtocolErrorCode.InternalError : ProtocolErrorCode.InvalidParams, message, {
      code,
    });
  }
}

interface Published {
  readonly code: string;
  readonly message: string;
}

function published(log: HostLog, name: string, error: unknown, protocol: ServerContext): Published {
  const { requestId, correlationId, tenantId } = exchangeOf(protocol).context;
  const fields = { error, name, requestId, correlationId, tenantId };
  const problem: Problem | undefined = error instanceof Problem ? error : undefined;
  if (problem !== undefined) {
    log.warn(fields, "call refused");
    return { code: problem.code, message: problem.clientMessage };
  }
  log.error(fields, "call failed");
  return { code: "ERR_INTERNAL", message: `"${name}" failed; the log has it under request ${requestId}` };
}

function toolError({ code, message }: Published): CallToolResult {
  return { isError: true, content: [{ type: "text", text: message }], _meta: { [TOOL_ERROR_META]: code } };
}

function toResult(tool: Tool<never>, answer: unknown): CallToolResult {
  if (typeof answer === "string") return { content: [{ type: "text", text: answer }] };
  if (tool.output === undefined) return answer as CallToolResult;
  return {
    content: [{ type: "text", text: JSON.stringify(answer) }],
    structuredContent: answer,
  };
}

function withMeta({ deprecated }: Tool<never>, result: CallToolResult): CallToolResult {
  if (deprecated === undefined) return result;
  return { ...result, _meta: { ...result._meta, ...deprecationMeta(deprecated) } };
}
