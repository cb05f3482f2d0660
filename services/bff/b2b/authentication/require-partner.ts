import { randomUUID } from "node:crypto";
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context, MiddlewareHandler } from "hono";
import { Problem } from "../../../libraries/service-kit/problem.ts";
import type { PartnerEnvironment, PartnerScope } from "../partners/partner.ts";
import type { PartnerAuthenticator } from "./authenticator.ts";

/** Lets only partners through, and tells the routes which one it is. */
export function requirePartner(authenticate: PartnerAuthenticator): MiddlewareHandler<PartnerEnvironment> {
  return async (call, next) => {
    const peer = peerOf(call);
    const partner = await authenticate({ headers: call.req.raw.headers, ...(peer !== undefined && { peer }) });
    call.set("partner", partner);
    call.set("requestId", randomUUID());
    await next();
  };
}

/** Refuses a credential that does not allow `scope`, with `ERR_PARTNER_SCOPE`. */
export function requireScope(scope: PartnerScope): MiddlewareHandler<PartnerEnvironment> {
  return async ({ var: { partner } }, next) => {
    if (!partner.scopes.includes(scope))
      throw new Problem("ERR_PARTNER_SCOPE", `scope ${scope} is missing`, `the credential does not allow ${scope}`);
    await next();
  };
}

/** Address of whoever opened the connection; a request that came by no connection has none. */
function peerOf(call: Context): string | undefined {
  return call.env !== null && typeof call.env === "object" && "incoming" in call.env
    ? getConnInfo(call).remote.address
    : undefined;
}
