import type { LeastLevel } from "../records/log-line.ts";

/** What the process of every agent is given in the cloud, wherever it is hosted; all values are texts, and objects are JSON. */
export interface AgentEnvironment {
  /** Where the process is, for the AWS SDK. */
  readonly AWS_REGION: string;
  readonly TENANT_ID: string;
  /** Where agents run: on Amazon EKS they ask their callers for a token, on AgentCore Runtime AWS has verified the role that signed. */
  readonly AGENT_HOSTING: "eks" | "runtime";
  /** What Amazon Bedrock is asked for: a model, or the inference profile of its geography. */
  readonly MODEL_ID: string;
  /** A JSON object: the URL of the gateway of each scenario in which the agent serves. */
  readonly GATEWAY_URL: string;
  /** How many calls of each of those it has under way: more wait, as many again, and then are refused. */
  readonly GATEWAY_CONCURRENCY: string;
  /** Name of the function that hands out the agent's own tokens, for gateways and for other agents. */
  readonly TOKEN_FUNCTION: string;
  /** The issuer of the tokens of those that call it: the tenant's Cognito pool. */
  readonly ISSUER: string;
  /** The scope that a caller's token must hold, as the pool writes it. */
  readonly A2A_SCOPE: string;
  /** Whose context tokens it accepts: those of the tenant's BFFs. */
  readonly BFF_ISSUER: string;
  /** The public keys, SPKI in PEM one after the other, by which that issuer's delegations are verified. */
  readonly BFF_PUBLIC_KEYS: string;
  /** Where the AWS SDK finds DynamoDB inside the network; it reads the variable itself. */
  readonly AWS_ENDPOINT_URL_DYNAMODB: string;
  /** Name of the table of its tasks. */
  readonly TASKS_TABLE: string;
  /** How severe a line of its log must be at least. */
  readonly LOG_LEVEL: LeastLevel;
}

/** What the process of an agent that hears and says events is given besides. */
export interface AgentEventEnvironment extends AgentEnvironment {
  /** Name of the tenant's bus of events. */
  readonly EVENT_BUS: string;
  /** The queue into which come the events that it hears, and no others. */
  readonly EVENTS_QUEUE_URL: string;
  /** Name of its table: what it has heard, and what waits to be said. */
  readonly EVENTS_TABLE: string;
}

/** The names of what the process of every agent is given. */
export const AGENT_VARIABLES: readonly string[] = Object.keys({
  AWS_REGION: true,
  TENANT_ID: true,
  AGENT_HOSTING: true,
  MODEL_ID: true,
  GATEWAY_URL: true,
  GATEWAY_CONCURRENCY: true,
  TOKEN_FUNCTION: true,
  ISSUER: true,
  A2A_SCOPE: true,
  BFF_ISSUER: true,
  BFF_PUBLIC_KEYS: true,
  AWS_ENDPOINT_URL_DYNAMODB: true,
  TASKS_TABLE: true,
  LOG_LEVEL: true,
} satisfies Readonly<Record<keyof AgentEnvironment, true>>);

/** The names of what the process of an agent that hears events is given besides. */
export const AGENT_EVENT_VARIABLES: readonly string[] = Object.keys({
  EVENT_BUS: true,
  EVENTS_QUEUE_URL: true,
  EVENTS_TABLE: true,
} satisfies Readonly<Record<Exclude<keyof AgentEventEnvironment, keyof AgentEnvironment>, true>>);
