/** Metrics of our own, which services write in the embedded metric format of CloudWatch: by namespace, each with the sets of its dimensions. */
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
} as const satisfies Readonly<Record<string, Readonly<Record<string, readonly (readonly string[])[]>>>>;

/** Namespace of the metrics of gateways. */
export const GATEWAY_METRICS = "Alicerce/Gateway";
