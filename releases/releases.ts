import type { BffScenario } from "../contracts/bff/hosts.ts";
import type { Day } from "../contracts/day.ts";
import type { Scenario } from "../contracts/scenarios.ts";

/** The digest of a release whose image was never built; only the sandbox, which pulls no images, deploys one. */
export const UNBUILT = `sha256:${"0".repeat(64)}` as const;

/** One release of a service: its semantic version and the digest of its image index (arm64 for AgentCore, amd64 for EKS). */
export interface Release {
  readonly version: `${number}.${number}.${number}`;
  readonly digest: `sha256:${string}`;
}

/** An older major that is still served: since when it is deprecated, and the first day on which it may be gone; both yyyy-mm-dd. */
export interface RetainedRelease extends Release {
  readonly deprecatedOn: Day;
  readonly removeOn: Day;
}

/** The releases of a service that are deployed side by side, newest first: N, N-1 and N-2 at most (premise 6). */
export type Releases = readonly [Release, RetainedRelease?, RetainedRelease?];

/** A release on trial beside the newest one, and how many of the callers meet it instead: a whole number of percent, 1 to 99. */
export interface Candidate extends Release {
  readonly weight: number;
}

/** An MCP server: where it is offered, and in which releases. `npx alicerce release` writes all but the scenarios. */
export interface McpService {
  readonly scenarios: readonly Scenario[];
  readonly releases: Releases;
  readonly candidate?: Candidate;
  /** What the last promotion replaced, to which `release rollback --promotion` returns. */
  readonly previous?: Releases;
}

/** The MCP servers, and the scenarios whose gateways offer their tools. */
export const MCP_SERVERS: Readonly<Record<string, McpService>> = {
  database: {
    scenarios: ["internal", "b2c", "b2b"],
    releases: [
      { version: "3.0.0", digest: "sha256:0000000000000000000000000000000000000000000000000000000000000000" },
      {
        version: "2.2.0",
        digest: "sha256:0000000000000000000000000000000000000000000000000000000000000000",
        deprecatedOn: "2026-09-01",
        removeOn: "2027-09-01",
      },
      {
        version: "1.5.1",
        digest: "sha256:0000000000000000000000000000000000000000000000000000000000000000",
        deprecatedOn: "2026-02-02",
        removeOn: "2027-02-02",
      },
    ],
  },
  "api-integration": {
    scenarios: ["b2c", "b2b"],
    releases: [
      { version: "2.0.0", digest: "sha256:0000000000000000000000000000000000000000000000000000000000000000" },
      {
        version: "1.1.0",
        digest: "sha256:0000000000000000000000000000000000000000000000000000000000000000",
        deprecatedOn: "2026-06-15",
        removeOn: "2027-06-15",
      },
    ],
  },
  files: {
    scenarios: ["b2b"],
    releases: [{ version: "1.0.0", digest: "sha256:0000000000000000000000000000000000000000000000000000000000000000" }],
  },
  development: {
    scenarios: ["internal"],
    releases: [{ version: "1.0.0", digest: "sha256:0000000000000000000000000000000000000000000000000000000000000000" }],
  },
};

/** The AI agents, and the scenarios in which they serve. */
export const AGENTS: Readonly<Record<string, { readonly scenarios: readonly Scenario[]; readonly release: Release }>> =
  {
    coordinator: {
      scenarios: ["b2c", "b2b"],
      release: { version: "1.0.0", digest: "sha256:0000000000000000000000000000000000000000000000000000000000000000" },
    },
    "customer-support": {
      scenarios: ["b2c"],
      release: { version: "1.0.0", digest: "sha256:0000000000000000000000000000000000000000000000000000000000000000" },
    },
    "product-recommendation": {
      scenarios: ["b2c"],
      release: { version: "1.0.0", digest: "sha256:0000000000000000000000000000000000000000000000000000000000000000" },
    },
    "integration-processor": {
      scenarios: ["b2b"],
      release: { version: "1.0.0", digest: "sha256:0000000000000000000000000000000000000000000000000000000000000000" },
    },
    "data-transformer": {
      scenarios: ["b2b"],
      release: { version: "1.0.0", digest: "sha256:0000000000000000000000000000000000000000000000000000000000000000" },
    },
  };

/** The digest of the image index that `services/keycloak/Dockerfile` makes, for amd64 and arm64. */
export const KEYCLOAK_DIGEST: Release["digest"] =
  "sha256:0000000000000000000000000000000000000000000000000000000000000000";

/** The BFFs, by the one scenario that each is for; the name is also the folder of its code. */
export const BFFS: Readonly<Record<BffScenario, { readonly release: Release }>> = {
  b2c: {
    release: { version: "1.0.0", digest: "sha256:0000000000000000000000000000000000000000000000000000000000000000" },
  },
  b2b: {
    release: { version: "1.0.0", digest: "sha256:0000000000000000000000000000000000000000000000000000000000000000" },
  },
};
