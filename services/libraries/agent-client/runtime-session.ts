import { hash } from "node:crypto";
import { decodeJwt, type JWTPayload } from "jose";
import { isRecord } from "../../../contracts/json.ts";

/**
 * The session at AgentCore Runtime of whoever a context token is about: the same for all conversations of a person, so that an agent
 * remembers them, and different for everybody else. `undefined` for what is no token: an agent refuses it.
 */
export function sessionOf(userContext: string): string | undefined {
  const claims = claimsIn(userContext);
  if (claims === undefined) return undefined;
  const { iss, tenant_id: tenant, kind, organization_id: organization, client_id: client, user_context: user } = claims;
  const userId = isRecord(user) ? user["user_id"] : undefined;
  const owner = [iss, tenant, kind, organization ?? null, userId ?? null, userId === undefined ? client : null];
  return hash("sha256", JSON.stringify(owner));
}

/** What a token says; whoever is asked verifies it. */
function claimsIn(token: string): JWTPayload | undefined {
  try {
    return decodeJwt(token);
  } catch {
    return undefined;
  }
}
