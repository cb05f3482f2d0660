import type { Context, MiddlewareHandler } from "hono";
import { BFF_AUDIT_EVENT } from "../../../contracts/records/audit-line.ts";
import { type AuditedCaller, auditLine } from "../../libraries/service-kit/audit-line.ts";
import type { BffEnvironment } from "./bff-environment.ts";
import { problemOf } from "./error-answers.ts";

/** Which BFF it is, and how it knows who called. */
export interface Audited<Environment extends BffEnvironment> {
  /** Name of the BFF, as its pods have it. */
  readonly component: string;
  readonly tenantId: string;
  /** Who was established; opaque ids alone. */
  readonly callerOf: (context: Context<Environment>) => AuditedCaller | undefined;
  /** Takes one line for each request. */
  readonly audit: (line: string) => void;
}

/** Of a path, as much as a line of the audit holds. */
const PATH_CHARACTERS = 256;

/** Writes one audit line for each request, answered or refused (specification, section 5.4); its time ends where the answer begins. */
export function audited<Environment extends BffEnvironment>(
  { component, tenantId, callerOf, audit }: Audited<Environment>,
  now: () => number = Date.now,
): MiddlewareHandler<Environment> {
  return async (context, next) => {
    const at = now();
    await next();
    const { error, req, res } = context;
    const caller = callerOf(context);
    audit(
      auditLine({
        at,
        component,
        tenantId,
        event: BFF_AUDIT_EVENT,
        requestId: context.get("requestId"),
        correlationId: context.get("correlationId"),
        ...(caller !== undefined && { caller }),
        method: req.method,
        resource: req.path.slice(0, PATH_CHARACTERS),
        ...(error !== undefined && { refusal: problemOf(error).code }),
        statusCode: res.status,
        processingTimeMs: now() - at,
      }),
    );
  };
}
