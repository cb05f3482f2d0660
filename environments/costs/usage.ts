/** What an estimate assumes of use, since a plan says only what there is: a month of a tenant in one region, of a region, and of one resource. */
export const USAGE = {
  /** Hours of a month, as AWS reckons. */
  hours: 730,
  /** Calls of one gateway, and of one MCP server or agent on AgentCore Runtime. */
  gatewayCalls: 500_000,
  runtimeCalls: 150_000,
  tenant: {
    /** Of a runtime's session, for each call: most of it is waiting, of which no CPU is paid. */
    runtimeVcpuSeconds: 0.5,
    runtimeGibSeconds: 2,
    /** A client asks for a token once an hour while it is busy. */
    tokensOfAClient: 400,
    gibToTheInternet: 100,
    gibOfLogs: 30,
  },
  region: { gibThroughNat: 100, gibOfLogs: 50 },
  /** GB that a tenant's other region is sent. */
  gibToTheStandby: 50,
  databaseAcu: 0.5,
  bucketGib: 50,
  tableMillionWrites: 1,
  functionSeconds: 20_000,
} as const;

/** How far pods are between their least and their most, on average. */
export const LOAD = 0.2;

/** What the specification promises of each lever, as a share of the costs that it is about. */
export const SAVINGS = { spot: 0.7, reserved: 0.4, compression: 0.6, caching: 0.8, cdn: 0.5, tiering: 0.3 } as const;

/** What Amazon EKS Auto Mode asks for managing a node, as a share of the node's on-demand price (about 12 %). */
export const AUTO_MODE_FEE = 0.12;
