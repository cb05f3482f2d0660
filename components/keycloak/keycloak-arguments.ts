import { KEYCLOAK_SERVICE, type KeycloakHosts } from "../../contracts/keycloak.ts";

/** Where Keycloak keeps what it knows, and how it logs in there. */
export interface KeycloakDatabase {
  readonly host: string;
  readonly port: number;
  readonly name: string;
  readonly user: string;
}

/** What the command line of a Keycloak is made of. */
export interface KeycloakArgumentsArgs {
  readonly hosts: KeycloakHosts;
  readonly database: KeycloakDatabase;
  /** Ranges of the load balancers, whose word about a caller's address is taken. */
  readonly proxies: readonly string[];
}

/** The port of health and metrics, which no Service and no load balancer leads to. */
export const MANAGEMENT_PORT = 9000;

/** The ports on which the pods of one Keycloak find out about each other's caches, and about each other's end (JGroups: TCP, FD_SOCK2). */
export const CACHE_PORTS = [7800, 57_800] as const;

/** Where the pod has what it does not bring in its image. */
export const FOLDERS = { certificate: "/certificate", metadata: "/metadata" } as const;

/** File of the certificate, which the pod makes for itself. */
export const KEY_STORE = `${FOLDERS.certificate}/server.p12`;

/** File of the metadata that the server publishes. */
export const METADATA_FILE = `${FOLDERS.metadata}/openid-configuration`;

/** Amazon's own certificates, in the image. */
const AUTHORITIES = "/opt/keycloak/conf/amazon-rds.pem";

/**
 * The arguments with which every Keycloak starts: one public host name and another of the administration, TLS 1.3, no word of a proxy that is
 * not ours, caches found through the database, and every event in the log (Keycloak 26.7, "All configuration").
 */
export function keycloakArguments({ hosts, database, proxies }: KeycloakArgumentsArgs): readonly string[] {
  return [
    "start",
    "--optimized",
    `--hostname=https://${hosts.issuer}`,
    `--hostname-admin=https://${hosts.administration}`,
    "--hostname-debug=false",
    "--http-enabled=false",
    `--https-port=${KEYCLOAK_SERVICE.port}`,
    "--https-protocols=TLSv1.3",
    `--https-key-store-file=${KEY_STORE}`,
    `--http-management-port=${MANAGEMENT_PORT}`,
    "--proxy-headers=xforwarded",
    `--proxy-trusted-addresses=${proxies.join()}`,
    "--cache=ispn",
    "--cache-stack=jdbc-ping",
    ...databaseArguments(database),
    "--log=console",
    "--log-console-output=json",
    "--spi-events-listener--jboss-logging--success-level=info",
    "--spi-events-listener--jboss-logging--error-level=warn",
    ...["openid-configuration", "oauth-authorization-server"].map(
      (it) => `--spi-well-known--${it}--openid-configuration-override=${METADATA_FILE}`,
    ),
  ];
}

/** Tokens of IAM in the place of a password, which AWS's driver asks for at each connection; the server's certificate and name are compared. */
function databaseArguments({ host, port, name, user }: KeycloakDatabase): readonly string[] {
  const settings = { wrapperPlugins: "iam", sslmode: "verify-full", sslrootcert: AUTHORITIES };
  return [
    `--db-url=jdbc:aws-wrapper:postgresql://${host}:${port}/${name}?${new URLSearchParams(settings).toString().replaceAll("%2F", "/")}`,
    `--db-username=${user}`,
    "--db-pool-max-size=20",
  ];
}
