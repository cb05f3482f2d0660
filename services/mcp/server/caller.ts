import type { IncomingHttpHeaders } from "node:http";
import { Problem, TokenError } from "../../shared/problem.ts";
import { CONTEXT_HEADER, type TenantContext } from "../../shared/tenant-context.ts";

/** Turns a context token into what it says, or throws a `TokenError`. */
export type VerifyContext = (token: string) => Promise<TenantContext>;

type Claim = Exclude<keyof typeof CONTEXT_HEADER, "userContext">;

const REQUIRED: readonly Claim[] = ["tenantId", "clientId", "requestId"];
const CLAIMS: readonly [Claim, header: string, isRequired: boolean][] = (
  ["tenantId", "clientId", "requestId", "organizationId", "correlationId"] as const
).map((claim) => [claim, CONTEXT_HEADER[claim].toLowerCase(), REQUIRED.includes(claim)]);

const TOKEN_HEADER = CONTEXT_HEADER.userContext.toLowerCase();

/** Whether a request comes without any context token, as a gateway's own do. */
export function isUnsigned({ headers }: { readonly headers: IncomingHttpHeaders }): boolean {
  return headers[TOKEN_HEADER] === undefined;
}

/** Who calls, by the token alone; the other headers may only repeat it. */
export async function callerOf(headers: IncomingHttpHeaders, verify: VerifyContext): Promise<TenantContext> {
  const token = headers[TOKEN_HEADER];
  if (typeof token !== "string" || token === "") throw new TokenError("ERR_TOKEN_MISSING", "no context token");
  const context = await verify(token);
  for (const [claim, header, isRequired] of CLAIMS) {
    // The interceptor blanks what it has no value for, so that the caller's own does not survive.
    const value = headers[header] === "" ? undefined : headers[header];
    if (value === undefined ? isRequired : value !== context[claim])
      throw new Problem(
        "ERR_HEADER_MISMATCH",
        `${header} is not the token's`,
        `${header} must equal the context token's`,
        {
          field: header,
        },
      );
  }
  return context;
}
