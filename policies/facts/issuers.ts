import type { ResourceView } from "../engine/resource-view.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { type Match, outputsOf, referred } from "./reference.ts";
import { TYPE } from "./resource-types.ts";

/** How a gateway names what it trusts. */
export const AUTHORIZER = "authorizerConfiguration.customJwtAuthorizer";

const WELL_KNOWN = "/.well-known/openid-configuration";

/** The Keycloak realm or the Cognito user pool of the stack whose OpenID discovery document a gateway trusts. */
export function issuerOf(gateway: ResourceView, stack: StackIndex): ResourceView | undefined {
  const read = (): string | undefined => gateway.text(`${AUTHORIZER}.discoveryUrl`);
  const trusted = { of: gateway, input: "authorizerConfiguration", read };
  return referred(trusted, stack.ofType(TYPE.realm, TYPE.userPool), isIssuer, stack);
}

/** The URL of a realm is made of its provider's and its name; that of a user pool, of its endpoint. */
const isIssuer: Match = (url, issuer) => {
  if (issuer.type === TYPE.userPool) return url === `https://${outputsOf(issuer).text("endpoint") ?? ""}${WELL_KNOWN}`;
  const server = issuer.provider?.text("url")?.replace(/\/+$/, "") ?? "";
  return url === `${server}/realms/${issuer.text("realm") ?? ""}${WELL_KNOWN}`;
};
