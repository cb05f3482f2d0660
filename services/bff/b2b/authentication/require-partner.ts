import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context, MiddlewareHandler } from "hono";
import { ApiProblem } from "../../library/api-problem.ts";
import type { PartnerScope } from "../../../../contracts/bff/partner-access.ts";
import type { PartnerEnvironment } from "../partners/partner-environment.ts";
import type { PartnerAuthenticator } from "./authenticator.ts";

/** Lets only partners through, and tells the routes which one it is. */
export function requirePartner(authenticate: PartnerAuthenticator): MiddlewareHandler<PartnerEnvironment> {
  return async (call, next) => {
    const peer = peerOf(call);
    const partner = await authenticate({ headers: call.req.raw.headers, ...(peer !== undefined && { peer }) });
    call.set("partner", partner);
    await next();
  };
}

/** Refuses a credential that does not allow `scope` (`ApiProblem` 403). */
export function requireScope(scope: PartnerScope): MiddlewareHandler<PartnerEnvironment> {
  return async ({ var: { partner } }, next) => {
    if (!partner.scopes.includes(scope))
      throw new ApiProblem("forbidden", `the credential does not allow ${scope}`, { extensions: { scope } });
    await next();
  };
}

/** Address of whoever opened the connection; a request that came by no connection has none. */
function peerOf(call: Context): string | undefined {
  return call.env !== null && typeof call.env === "object" && "incoming" in call.env
    ? getConnInfo(call).remote.address
    : undefined;
}
