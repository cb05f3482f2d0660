/** The Keycloak release that runs in the cloud, on a laptop and in tests. */
export const KEYCLOAK_VERSION = "26.7.3";

/**
 * Options of `kc.sh build` that every image of the server must have, beside those of its database: they take away what no policy of a realm
 * can refuse. Clients register by OpenID Connect alone (the other endpoints take any attribute of a client, for example how long its tokens
 * are good), and the grants on which nobody signs in do not exist. Health and metrics are on a port of their own.
 */
export const KEYCLOAK_BUILD_OPTIONS = [
  "--health-enabled=true",
  "--metrics-enabled=true",
  "--spi-client-registration--default--enabled=false",
  "--spi-client-registration--install--enabled=false",
  "--spi-client-registration--saml2-entity-descriptor--enabled=false",
  "--features-disabled=ciba,device-flow,jwt-authorization-grant,token-exchange-standard",
] as const;

/** The options of `kc.sh build` that say where an image in the cloud keeps its data: AWS's driver logs in with tokens of IAM. */
export const KEYCLOAK_DATABASE_OPTIONS = ["--db=postgres", "--db-driver=software.amazon.jdbc.Driver"] as const;

/** Members of the authorization server's metadata (RFC 8414) that Keycloak would fill with all that it knows, not with what the realms allow. */
export const KEYCLOAK_METADATA = {
  code_challenge_methods_supported: ["S256"],
  grant_types_supported: ["authorization_code", "refresh_token"],
  response_types_supported: ["code"],
  token_endpoint_auth_methods_supported: ["none", "client_secret_basic", "client_secret_post"],
  request_parameter_supported: false,
  request_uri_parameter_supported: false,
} as const;
