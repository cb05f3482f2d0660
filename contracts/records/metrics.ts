/**
 * Metrics of our own, by namespace, each with the sets of its dimensions: gateways' interceptors write theirs in the embedded metric format of
 * CloudWatch, those of agents and BFFs, and of the business, are counted in their audit lines (`log-metrics.ts`).
 */
export const METRICS = {
  "Alicerce/Gateway": {
    /** Every call, refused or not. */
    Calls: [
      ["tenant", "scenario", "decision"],
      ["tenant", "scenario"],
    ],
    /** Calls that failed by a fault of the platform: answered with 5xx. */
    Failures: [
      ["tenant", "scenario", "decision"],
      ["tenant", "scenario"],
    ],
    /** Milliseconds. */
    Duration: [
      ["tenant", "scenario", "decision"],
      ["tenant", "scenario"],
    ],
    /** Milliseconds from the arrival of a call until it is decided whether it may go on: what the gateway's own checks take. */
    AgentGatewayLatency: [
      ["tenant", "scenario", "decision"],
      ["tenant", "scenario"],
    ],
    /** Milliseconds from the interceptor's decision on a call to the answer of the server. */
    GatewayMCPLatency: [
      ["tenant", "MCPServer", "Operation"],
      ["tenant", "scenario"],
    ],
  },
  "Alicerce/Canary": {
    /** 1 where a gateway answers its canary as it must, else 0; of all gateways of the region together, too. */
    Answered: [["tenant", "scenario"], ["environment"]],
    /** Milliseconds that a gateway takes to list them. */
    ListLatency: [["tenant", "scenario"]],
    /** Milliseconds that a pool takes to issue a token. */
    TokenLatency: [["tenant", "scenario"]],
  },
  "Alicerce/Workloads": {
    /** Every request to an agent or a BFF, refused or not. */
    Calls: [["tenant", "workload"]],
    /** Requests that were answered with 5xx. */
    Failures: [["tenant", "workload"]],
    /** Milliseconds; of an answer that is streamed, until it begins. */
    Duration: [["tenant", "workload"]],
  },
  "Alicerce/Identity": {
    /** Developers who signed in, of all tenants of the region together. */
    SignIns: [[]],
    /** Attempts that failed. */
    SignInFailures: [[]],
    /** Tokens that were issued for a code or a refresh token. */
    Tokens: [[]],
  },
  "Alicerce/Business": {
    /** Messages that consumers sent. */
    Chats: [["tenant", "outcome"]],
    /** Orders that partners placed, each time that they sent them. */
    Orders: [["tenant", "outcome"]],
    /** Files with many records that partners sent. */
    Batches: [["tenant", "outcome"]],
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, readonly (readonly string[])[]>>>>;

/** Namespace of what developers do at the identity provider of their region. */
export const IDENTITY_METRICS = "Alicerce/Identity";

/** Namespace of the metrics of agents and BFFs. */
export const WORKLOAD_METRICS = "Alicerce/Workloads";

/** Namespace of what a business counts. */
export const BUSINESS_METRICS = "Alicerce/Business";

/** Namespace of what canaries measure. */
export const CANARY_METRICS = "Alicerce/Canary";

/** Namespace of the metrics of gateways. */
export const GATEWAY_METRICS = "Alicerce/Gateway";
