import { z } from "zod";
import { IDENTIFIER } from "../../../contracts/identifiers.ts";
import { BFF_PORT } from "../../../contracts/ports.ts";
import { wordList } from "../../libraries/mcp-host/config.ts";

/** What the BFF of a tenant's partners must be given; every fault is reported at once. Secrets are named, never given. */
export const PartnerBffConfig = z.object({
  TENANT_ID: z.string().regex(IDENTIFIER.tenantId),
  /** The tenant's user pool. */
  ISSUER: z.url(),
  JWKS_URL: z.url(),
  TOKEN_URL: z.url(),
  /** Name of the resource server whose scopes are those of partners; without it access tokens are not accepted. */
  SCOPE_PREFIX: z.string().min(1).optional(),
  /** The client id of this workload, as the agents' records name it. */
  CLIENT_ID: z.string().min(1),
  /** The tenant's gateway for the systems of partners. */
  GATEWAY_URL: z.url(),
  /** Where the agent speaks A2A; without it messages to agents are answered by 503. */
  AGENT_URL: z.url().optional(),
  /** Networks (CIDR) of load balancers with mutual TLS; without them certificates of clients are refused. */
  TRUSTED_PROXIES: wordList.optional(),
  PORT: z.coerce.number().int().min(0).max(65_535).default(BFF_PORT),
});

/** The names that `infra` must supply. */
export type PartnerBffEnvironment = z.input<typeof PartnerBffConfig>;
