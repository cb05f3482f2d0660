import type { ResourceView } from "../../engine/resource-view.ts";

/** The Pulumi type of the domain of a Cognito user pool. */
export const USER_POOL_DOMAIN = "aws:cognito/userPoolDomain:UserPoolDomain";

/** The URL at which a user pool with a domain of Cognito's own gives out tokens (Amazon Cognito developer guide, "Token endpoint"). */
export function tokenEndpointOf(domain: ResourceView): string {
  return `https://${domain.text("domain") ?? ""}.auth.${domain.region ?? ""}.amazoncognito.com/oauth2/token`;
}
