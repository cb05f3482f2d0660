import { z } from "zod";
import { IDENTIFIER } from "../../../contracts/identifiers.ts";
import { BFF_PORT } from "../../../contracts/ports.ts";
import { wordList } from "../../libraries/mcp-host/config.ts";

/** What the BFF for consumers must be given; every fault is reported at once. Secrets are named, never given. */
export const ConsumerBffConfig = z.object({
  TENANT_ID: z.string().regex(IDENTIFIER.tenantId),
  /** Where browsers find it. */
  ORIGIN: z.url({ protocol: /^https?$/ }).transform((it) => new URL(it).origin),
  /** The tenant's user pool, and the BFF's client there. */
  ISSUER: z.url(),
  JWKS_URL: z.url(),
  CLIENT_ID: z.string().min(1),
  /** What goes before the scopes of the tenant's gateway for consumers, at the pool. */
  SCOPE_PREFIX: z.string().min(1),
  /** The clients of apps, whose access tokens are accepted. */
  APP_CLIENTS: wordList.optional(),
  /** Where the agent speaks A2A. */
  AGENT_URL: z.url(),
  /** Origins whose pages may call the API. */
  ALLOWED_ORIGINS: wordList.optional(),
  PROXIES: z.coerce.number().int().min(0).max(5).default(0),
  ANONYMOUS_PER_HOUR: z.coerce.number().int().positive().default(100),
  SIGNED_IN_PER_HOUR: z.coerce.number().int().positive().default(1_000),
  PORT: z.coerce.number().int().min(0).max(65_535).default(BFF_PORT),
});

/** The names that `infra` must supply. */
export type ConsumerBffEnvironment = z.input<typeof ConsumerBffConfig>;
