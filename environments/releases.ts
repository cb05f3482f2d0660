import type { Scenario } from "./schema.ts";

/** One release of a service: its semantic version and the digest of its image index (arm64 for AgentCore, amd64 for EKS). */
export interface Release {
  readonly version: `${number}.${number}.${number}`;
  readonly digest: `sha256:${string}`;
}

/** The releases of a service that are deployed side by side, newest first: N, N-1 and N-2 at most (premise 6). */
export type Releases = readonly [Release, Release?, Release?];

/** The MCP servers, and the scenarios whose gateways offer their tools. */
export const MCP_SERVERS: Readonly<
  Record<string, { readonly scenarios: readonly Scenario[]; readonly releases: Releases }>
> = {
  database: {
    scenarios: ["internal", "b2c", "b2b"],
    releases: [
      { version: "3.0.0", digest: "sha256:8d1cf0a2e6a2f64d8f1a3f8c3f3a52a1f0a1c5d7b1a9b7c4d2e0f6a8b9c3d5e7" },
      { version: "2.2.0", digest: "sha256:1b7e6d5c4a3f2e1d0c9b8a7f6e5d4c3b2a1f0e9d8c7b6a5f4e3d2c1b0a9f8e7d" },
      { version: "1.5.1", digest: "sha256:2c8f7e6d5b4a3f2e1d0c9b8a7f6e5d4c3b2a1f0e9d8c7b6a5f4e3d2c1b0a9f8e" },
    ],
  },
  "api-integration": {
    scenarios: ["b2c", "b2b"],
    releases: [
      { version: "2.0.0", digest: "sha256:3d9a8f7e6c5b4a3f2e1d0c9b8a7f6e5d4c3b2a1f0e9d8c7b6a5f4e3d2c1b0a9f" },
      { version: "1.1.0", digest: "sha256:4eab9a8f7d6c5b4a3f2e1d0c9b8a7f6e5d4c3b2a1f0e9d8c7b6a5f4e3d2c1b0a" },
    ],
  },
  files: {
    scenarios: ["b2b"],
    releases: [{ version: "1.0.0", digest: "sha256:5fbcab9a8e7d6c5b4a3f2e1d0c9b8a7f6e5d4c3b2a1f0e9d8c7b6a5f4e3d2c1b" }],
  },
  development: {
    scenarios: ["internal"],
    releases: [{ version: "1.0.0", digest: "sha256:6acdbcab9f8e7d6c5b4a3f2e1d0c9b8a7f6e5d4c3b2a1f0e9d8c7b6a5f4e3d2c" }],
  },
};

/** The AI agents, and the scenarios in which they serve. */
export const AGENTS: Readonly<Record<string, { readonly scenarios: readonly Scenario[]; readonly release: Release }>> =
  {
    coordinator: {
      scenarios: ["b2c", "b2b"],
      release: { version: "1.0.0", digest: "sha256:7bdecdbcaa9f8e7d6c5b4a3f2e1d0c9b8a7f6e5d4c3b2a1f0e9d8c7b6a5f4e3d" },
    },
    "customer-support": {
      scenarios: ["b2c"],
      release: { version: "1.0.0", digest: "sha256:8cefdecdbbaa9f8e7d6c5b4a3f2e1d0c9b8a7f6e5d4c3b2a1f0e9d8c7b6a5f4e" },
    },
    "product-recommendation": {
      scenarios: ["b2c"],
      release: { version: "1.0.0", digest: "sha256:9dfaefdeccbbaa9f8e7d6c5b4a3f2e1d0c9b8a7f6e5d4c3b2a1f0e9d8c7b6a5f" },
    },
    "integration-processor": {
      scenarios: ["b2b"],
      release: { version: "1.0.0", digest: "sha256:aeabfaefddccbbaa9f8e7d6c5b4a3f2e1d0c9b8a7f6e5d4c3b2a1f0e9d8c7b6a" },
    },
    "data-transformer": {
      scenarios: ["b2b"],
      release: { version: "1.0.0", digest: "sha256:bfbcabfaeeddccbbaa9f8e7d6c5b4a3f2e1d0c9b8a7f6e5d4c3b2a1f0e9d8c7b" },
    },
  };
