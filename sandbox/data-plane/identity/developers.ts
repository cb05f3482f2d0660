import type { Person } from "./people.ts";

/** Where an issuer of tokens is. */
export interface IssuerLocation {
  readonly issuer: string;
  readonly discoveryUrl: string;
  readonly jwksUrl: string;
}

/** A client that is known without registering itself: public, code with PKCE. */
export interface KnownClient {
  readonly tenantId: string;
  readonly clientId: string;
  readonly redirectUris: readonly string[];
}

/** The issuers of developers' tokens, one per tenant, whatever software they run on. */
export interface DeveloperIssuers {
  readonly software: "oidc-provider" | "Keycloak";
  /** Throws `TypeError` for a tenant that has none. */
  readonly issuerOf: (tenantId: string) => IssuerLocation;
  readonly people: readonly Person[];
  stop(): Promise<void>;
}

/** Where the realm of a tenant is on a server that has Keycloak's routes. */
export function realmLocations(origin: string, tenantIds: readonly string[]): (tenantId: string) => IssuerLocation {
  return (tenantId) => {
    if (!tenantIds.includes(tenantId)) throw new TypeError(`${tenantId} has no realm here`);
    const issuer = `${origin}/realms/${tenantId}`;
    return {
      issuer,
      discoveryUrl: `${issuer}/.well-known/openid-configuration`,
      jwksUrl: `${issuer}/protocol/openid-connect/certs`,
    };
  };
}
