import * as z from "zod";
import { PARTNER_SCOPES, PARTNER_TIERS } from "../../../contracts/bff/partner-access.ts";
import { IDENTIFIER } from "../../../contracts/identifiers.ts";
import { BFF_PORT } from "../../../contracts/ports.ts";
import type { B2bEnvironment } from "../../../contracts/bff/environment.ts";
import { jsonText, wordList } from "../../libraries/mcp-host/config.ts";
import { orderRulesSchema } from "./business/order-rules.ts";
import { CLOUD_VARIABLES } from "../library/cloud/config.ts";

const partnerClient = z.strictObject({
  id: z.string().regex(IDENTIFIER.organizationId),
  customerId: z.string().regex(IDENTIFIER.organizationId),
  tier: z.enum(PARTNER_TIERS),
  scopes: z.array(z.enum(PARTNER_SCOPES)).min(1).readonly(),
});

/** A partner of the data, of whom a client of the pool is. */
export type PartnerClient = z.infer<typeof partnerClient>;

/** What the BFF of a tenant's partners must be given; every fault is reported at once. Secrets are named, never given. */
export const PartnerBffConfig = z.object({
  TENANT_ID: z.string().regex(IDENTIFIER.tenantId),
  /** The tenant's user pool. */
  ISSUER: z.url(),
  /** The pool's token endpoint, for the description of the API. */
  PARTNERS_TOKEN_URL: z.url(),
  /** Name of the resource server whose scopes are those of partners; without it access tokens are not accepted. */
  SCOPE_PREFIX: z.string().min(1).optional(),
  /** The partners of the data by the ids of their clients at the pool; others are registered with the partners themselves. */
  PARTNER_CLIENTS: jsonText.pipe(z.record(z.string(), partnerClient)).optional(),
  /** What the tenant takes of its partners' orders. */
  ORDER_RULES: jsonText.pipe(orderRulesSchema),
  /** The client id of this workload, as the agents' records name it. */
  CLIENT_ID: z.string().min(1),
  /** Where the agents that partners ask speak A2A, by name. */
  AGENTS: jsonText.pipe(z.object({ coordinator: z.url(), "integration-processor": z.url() })),
  /** Networks (CIDR) of load balancers with mutual TLS; without them certificates of clients are refused. */
  TRUSTED_PROXIES: wordList.optional(),
  PORT: z.coerce.number().int().min(0).max(65_535).default(BFF_PORT),
});

/** What its process in the cloud must be given. */
export const PartnerCloudConfig = PartnerBffConfig.extend({
  ...CLOUD_VARIABLES,
  PUBLIC_URL: z.url(),
  /** The tenant's key, under which the secret of this BFF is kept. */
  DATA_KEY_ARN: z.string().startsWith("arn:"),
  API_KEYS_TABLE: z.string().min(1),
  JOBS_TABLE: z.string().min(1),
  WEBHOOKS_TABLE: z.string().min(1),
  UPLOADS_BUCKET: z.string().min(1),
  AWS_ENDPOINT_URL_S3: z.url(),
  /** Of the events of which webhooks tell partners. */
  WEBHOOKS_QUEUE_URL: z.url(),
  /** The hosts to which webhooks may be sent: pods reach no other. */
  WEBHOOK_HOSTS: jsonText.pipe(z.array(z.string().min(1))),
  /** The key by which the tenant's events are signed, as SPKI in PEM. */
  BFF_PUBLIC_KEYS: z.string().min(1),
});

/** What the plan says that it gives is what the process wants. */
export type Supplied =
  B2bEnvironment extends Pick<z.input<typeof PartnerCloudConfig>, keyof B2bEnvironment> ? true : never;
