import { hop } from "./hop.ts";

/** How an IDE comes to the Keycloak of its tenant, and that to what it needs. */
export const TO_REALM = {
  server: hop("resource", "a Keycloak of the region answers for the host of the issuer"),
  service: hop("Service", "a Service leads to the Keycloak's HTTPS port, with a number as its targetPort"),
  ingress: hop("network policy", "the Keycloak's pods admit the load balancers that it trusts"),
  names: hop("network policy", "the Keycloak's pods may ask the cluster's DNS for the host of its database"),
  credentials: hop("network policy", "the Keycloak's pods may send to the EKS Pod Identity agent on TCP 80"),
  exchange: hop("private endpoint", "the Keycloak's nodes reach the private endpoint of eks-auth"),
  database: hop("resource", "the host that the Keycloak keeps its data at is the endpoint of a database"),
  send: hop("network policy", "the Keycloak's pods may send to the database's port"),
  groups: hop("security group", "the groups of the Keycloak's nodes and of the database let each other through"),
  association: hop("resource", "a pod identity association gives the Keycloak's service account a role"),
  identity: hop("identity policy", "the role may log in as the Keycloak's user of the database"),
  boundary: hop("permissions boundary", "the role's boundary allows to log in"),
  login: hop("resource", "the database accepts logins by IAM"),
} as const;
