/** The Service behind which a region's Keycloak is, in the region's cluster: HTTPS, by a certificate that each pod makes for itself. */
export const KEYCLOAK_SERVICE = { namespace: "keycloak", name: "keycloak", port: 8443 } as const;

/** What a load balancer asks of a pod on the Service's port to know that it is ready: the answer needs the database. */
export const KEYCLOAK_HEALTH_PATH = "/realms/master";

/** Paths that the public host name must not lead to: the administration, its realm, metrics and health. */
export const KEYCLOAK_CLOSED_PATHS = ["/admin", "/realms/master", "/metrics", "/health"] as const;

/** The host names of a region's Keycloak. */
export interface KeycloakHosts {
  /** Where clients and people go: the host of every issuer of the region's realms. */
  readonly issuer: string;
  /** Where the administration is: of an internal load balancer, and in no public zone. */
  readonly administration: string;
}

/** The host names of the Keycloak of a region, below the domain of its environment. */
export function keycloakHosts(region: string, domain: string): KeycloakHosts {
  return { issuer: `identity.${region}.${domain}`, administration: `identity-admin.${region}.${domain}` };
}

/** The URL of the issuers whose realms are written at a URL; one that is no administration's is its own. */
export function issuerUrlOf(url: string): string {
  return url.replace(/^https:\/\/identity-admin\./, "https://identity.");
}
