/**
 * Metrics of our own, by namespace, each with the sets of its dimensions: gateways' interceptors write theirs in the embedded metric format of
 * CloudWatch, those of agents and BFFs are counted in their audit lines (`LOG_METRICS`).
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
    /** Milliseconds from the interceptor's decision on a call to the answer of the server. */
    GatewayMCPLatency: [
      ["tenant", "MCPServer", "Operation"],
      ["tenant", "scenario"],
    ],
  },
  "Alicerce/Workloads": {
    /** Every request to an agent or a BFF, refused or not. */
    Calls: [["tenant", "workload"]],
    /** Requests that were answered with 5xx. */
    Failures: [["tenant", "workload"]],
    /** Milliseconds; of an answer that is streamed, until it begins. */
    Duration: [["tenant", "workload"]],
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, readonly (readonly string[])[]>>>>;

/** Namespace of the metrics of agents and BFFs. */
export const WORKLOAD_METRICS = "Alicerce/Workloads";

/** Namespace of the metrics of gateways. */
export const GATEWAY_METRICS = "Alicerce/Gateway";
