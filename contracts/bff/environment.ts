import type { LeastLevel } from "../records/log-line.ts";

/** What the process of every BFF is given in the cloud; all values are texts, and lists and objects are JSON. */
export interface BffEnvironment {
  /** Where the process is, for the AWS SDK. */
  readonly AWS_REGION: string;
  readonly TENANT_ID: string;
  /** Where callers reach it, without a path: `https://<host>`. */
  readonly PUBLIC_URL: string;
  /** The issuer of the tokens of consumers and partners: the tenant's Cognito pool. */
  readonly ISSUER: string;
  /** Where the agents run, which says how they are called. */
  readonly AGENT_HOSTING: "eks" | "runtime";
  /** A JSON object by the name of the agent: on Amazon EKS its URL, on AgentCore Runtime the ARN of its runtime. */
  readonly AGENTS: string;
  /** Name of the function that hands out the BFF's own tokens; they hold the scope by which agents are called. */
  readonly TOKEN_FUNCTION: string;
  /** The `iss` of the context tokens that it signs. */
  readonly CONTEXT_ISSUER: string;
  /** The KMS key that certifies the key of its process (ECDSA on P-256 over SHA-256). */
  readonly CONTEXT_KEY_ARN: string;
  /** Name of the tenant's bus of events. */
  readonly EVENT_BUS: string;
  /** Where the AWS SDK finds DynamoDB inside the network; it reads the variable itself. */
  readonly AWS_ENDPOINT_URL_DYNAMODB: string;
  /** Name of the table of requests that may come twice, and of counters of quotas; `stores.ts` says how every table is made. */
  readonly IDEMPOTENCY_TABLE: string;
  /** How severe a line of its log must be at least. */
  readonly LOG_LEVEL: LeastLevel;
}

/** What the BFF of consumers is given besides. */
export interface B2cEnvironment extends BffEnvironment {
  readonly SESSIONS_TABLE: string;
  /** The pool's client for consumers; it has no secret, and its codes are bound by PKCE (RFC 7636). */
  readonly CLIENT_ID: string;
  /** A JSON list of the providers by which consumers have themselves signed in beside the pool, as it names them. */
  readonly SIGN_IN_PROVIDERS: string;
}

/** What the BFF of partners is given besides. */
export interface B2bEnvironment extends BffEnvironment {
  /** The client of its own machine tokens. */
  readonly CLIENT_ID: string;
  /** The pool's token endpoint, which the description of the API names. */
  readonly PARTNERS_TOKEN_URL: string;
  /** The tenant's KMS key, under which the secret is kept that its pods share. */
  readonly DATA_KEY_ARN: string;
  readonly API_KEYS_TABLE: string;
  readonly JOBS_TABLE: string;
  readonly WEBHOOKS_TABLE: string;
  /** The bucket to which partners' files go, below `uploads/`. */
  readonly UPLOADS_BUCKET: string;
  /** Where the AWS SDK finds Amazon S3 inside the network; it reads the variable itself. */
  readonly AWS_ENDPOINT_URL_S3: string;
  /** Queue of the events of which webhooks tell partners. */
  readonly WEBHOOKS_QUEUE_URL: string;
  /** A JSON list of the hosts to which webhooks may be sent. */
  readonly WEBHOOK_HOSTS: string;
  /** A JSON object: what the tenant takes of its partners' orders, as `OrderRules`. */
  readonly ORDER_RULES: string;
  /** The public half of `CONTEXT_KEY_ARN`, by which the tenant's events are signed: SPKI in PEM. */
  readonly BFF_PUBLIC_KEYS: string;
}

type Names<Environment> = Readonly<Record<keyof Environment, true>>;

const OF_BFFS = {
  AWS_REGION: true,
  TENANT_ID: true,
  PUBLIC_URL: true,
  ISSUER: true,
  AGENT_HOSTING: true,
  AGENTS: true,
  TOKEN_FUNCTION: true,
  CONTEXT_ISSUER: true,
  CONTEXT_KEY_ARN: true,
  EVENT_BUS: true,
  AWS_ENDPOINT_URL_DYNAMODB: true,
  IDEMPOTENCY_TABLE: true,
  LOG_LEVEL: true,
} satisfies Names<BffEnvironment>;

/** The names of what the BFF of consumers is given; the load balancer is the proxy whose word it takes about callers' addresses. */
export const B2C_VARIABLES: readonly string[] = Object.keys({
  ...OF_BFFS,
  SESSIONS_TABLE: true,
  CLIENT_ID: true,
  SIGN_IN_PROVIDERS: true,
  PROXIES: true,
} satisfies Names<B2cEnvironment & { readonly PROXIES: string }>);

/** The names of what the BFF of partners is given. */
export const B2B_VARIABLES: readonly string[] = Object.keys({
  ...OF_BFFS,
  CLIENT_ID: true,
  PARTNERS_TOKEN_URL: true,
  DATA_KEY_ARN: true,
  API_KEYS_TABLE: true,
  JOBS_TABLE: true,
  WEBHOOKS_TABLE: true,
  UPLOADS_BUCKET: true,
  AWS_ENDPOINT_URL_S3: true,
  WEBHOOK_HOSTS: true,
  ORDER_RULES: true,
  BFF_PUBLIC_KEYS: true,
  WEBHOOKS_QUEUE_URL: true,
} satisfies Names<B2bEnvironment>);
