import type { IncomingHttpHeaders } from "node:http";
import { Problem, TokenError } from "../service-kit/problem.ts";
import { CONTEXT_HEADER } from "../../../contracts/headers.ts";
import { IDENTIFIER } from "../../../contracts/identifiers.ts";
import type { CallerContext, TenantContext } from "../service-kit/tenant-context.ts";

/** Turns a context token into what it says, or throws a `TokenError`. */
export type VerifyContext = (token: string) => Promise<CallerContext>;

type Claim = "tenantId" | "clientId" | "organizationId";

const CLAIMS: readonly [Claim, header: string, isRequired: boolean][] = (
  ["tenantId", "clientId", "organizationId"] as const
).map((claim) => [claim, CONTEXT_HEADER[claim].toLowerCase(), claim !== "organizationId"]);

const TOKEN_HEADER = CONTEXT_HEADER.userContext.toLowerCase();
const REQUEST_HEADER = CONTEXT_HEADER.requestId.toLowerCase();
const CORRELATION_HEADER = CONTEXT_HEADER.correlationId.toLowerCase();

/** Whether a request comes without any context token, as a gateway's own do. */
export function isUnsigned({ headers }: { readonly headers: IncomingHttpHeaders }): boolean {
  return headers[TOKEN_HEADER] === undefined;
}

/** Who calls, by the token alone; the other headers may only repeat it, and say which call it is. */
export async function callerOf(headers: IncomingHttpHeaders, verify: VerifyContext): Promise<TenantContext> {
  const token = headers[TOKEN_HEADER];
  if (typeof token !== "string" || token === "") throw new TokenError("ERR_TOKEN_MISSING", "no context token");
  const caller = await verify(token);
  for (const [claim, header, isRequired] of CLAIMS) {
    // The interceptor blanks what it has no value for, so that the caller's own does not survive.
    const value = headers[header] === "" ? undefined : headers[header];
    if (value === undefined ? isRequired : value !== caller[claim])
      throw mismatch(header, `${header} must equal the context token's`);
  }
  const requestId = identifier(headers, REQUEST_HEADER, IDENTIFIER.requestId);
  const correlationId = headers[CORRELATION_HEADER];
  return {
    ...caller,
    requestId,
    correlationId:
      correlationId === undefined || correlationId === ""
        ? requestId
        : identifier(headers, CORRELATION_HEADER, IDENTIFIER.correlationId),
  };
}

function identifier(headers: IncomingHttpHeaders, header: string, pattern: RegExp): string {
  const value = headers[header];
  if (typeof value === "string" && pattern.test(value)) return value;
  throw mismatch(header, `${header} must be one identifier`);
}

function mismatch(header: string, message: string): Problem {
  return new Problem("ERR_HEADER_MISMATCH", `${header} is not accepted`, message, { field: header });
}
