import { issuerUrlOf } from "../../../contracts/identity/keycloak.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { some, UnknownValue } from "../../engine/three-values.ts";
import { originOf, outputsOf } from "../reference.ts";
import { TYPE } from "../resource-types.ts";

/** How a gateway names what it trusts. */
export const AUTHORIZER = "authorizerConfiguration.customJwtAuthorizer";

const WELL_KNOWN = "/.well-known/openid-configuration";

/** The Keycloak realm or the Cognito user pool of the stack whose OpenID discovery document a gateway trusts. */
export function issuerOf(gateway: ResourceView, stack: StackIndex): ResourceView | undefined {
  const types = [TYPE.realm, TYPE.userPool];
  let url: string | undefined;
  try {
    url = gateway.text(`${AUTHORIZER}.discoveryUrl`);
  } catch (error) {
    if (!(error instanceof UnknownValue)) throw error;
    return originOf(gateway, "authorizerConfiguration", types, error, stack);
  }
  let found: ResourceView | undefined;
  some(stack.ofType(...types), (it) => {
    if (urlOf(it) !== url) return false;
    found = it;
    return true;
  });
  return found;
}

/** The URL of a realm is made of its server's, which its provider may write to by another host, and its name; that of a user pool, of its endpoint. */
function urlOf(issuer: ResourceView): string {
  if (issuer.type === TYPE.userPool) return `https://${outputsOf(issuer).text("endpoint") ?? ""}${WELL_KNOWN}`;
  const server = issuerUrlOf(issuer.provider?.text("url")?.replace(/\/+$/, "") ?? "");
  return `${server}/realms/${issuer.text("realm") ?? ""}${WELL_KNOWN}`;
}
