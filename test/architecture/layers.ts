/** What the files of a folder, or some files, may import beside their own top-level folder; prefixes end in `/`. */
export interface Layer {
  readonly from: string;
  readonly may: readonly string[];
  readonly mayAsTypes?: readonly string[];
  readonly never?: readonly string[];
  /** Not even their own top-level folder. */
  readonly alone?: true;
}

/** Who may import what, beside its own top-level folder; the first row that fits a file decides. `*` stays within a name. */
export const LAYERS: readonly Layer[] = [
  { from: "contracts/", may: ["zod"] },
  { from: "plan/loaders/", may: ["contracts/", "node:", "@grpc/grpc-js", "google-protobuf/", "@pulumi/pulumi/proto/"] },
  { from: "plan/", may: [] },
  // A tenant brings the documents of its own APIs as files, which are data as well.
  { from: "environments/apis/documents.ts", may: ["node:"] },
  { from: "environments/", may: ["contracts/", "releases/", "zod"] },
  { from: "releases/", may: ["contracts/", "semver/"] },
  { from: "components/", may: ["contracts/", "environments/", "releases/", "@pulumi/", "semver/"] },
  // What a server needs is read by a deployment, which must not load the server for it.
  {
    from: "services/mcp/*/needs.ts",
    may: ["contracts/"],
    mayAsTypes: ["services/mcp/*/config.ts", "services/libraries/mcp-host/config.ts"],
    alone: true,
  },
  { from: "services/", may: ["contracts/", "node:", "[packages]"], never: ["@pulumi/"] },
  {
    from: "infra/",
    may: [
      "contracts/",
      "environments/",
      "releases/",
      "components/",
      "services/mcp/*/needs.ts",
      "@pulumi/",
      "node:",
      "semver/",
    ],
    mayAsTypes: [
      "services/*/config.ts",
      "services/bff/*/config.ts",
      "services/mcp/*/config.ts",
      "services/libraries/*/config.ts",
    ],
  },
  {
    from: "policies/pack/",
    may: [
      "contracts/",
      "environments/",
      "plan/",
      "node:",
      "@grpc/grpc-js",
      "google-protobuf/",
      "@pulumi/pulumi/proto/",
    ],
  },
  // A proof compares what gateways permit with the published contracts, which are data.
  {
    from: "policies/proofs/",
    may: [
      "contracts/",
      "environments/",
      "releases/aws-calls.ts",
      "releases/released-digests.ts",
      "releases/tool-catalogue.ts",
      "plan/",
      "node:",
      "@cedar-policy/cedar-wasm/",
    ],
  },
  { from: "policies/exemptions/", may: ["contracts/", "plan/", "zod"] },
  // A rule must not import what it judges.
  { from: "policies/", may: ["contracts/", "environments/", "plan/", "node:", "semver/"] },
  {
    from: "sandbox/data-plane/",
    may: [
      "contracts/",
      "environments/",
      "releases/",
      "plan/",
      "services/",
      "components/gateway/cedar-policies.ts",
      "node:",
      "[packages]",
    ],
  },
  { from: "sandbox/", may: ["contracts/", "environments/", "plan/", "node:", "[packages]"] },
  // A server's contract is read from the server itself.
  {
    from: "tools/build/",
    may: [
      "contracts/",
      "releases/",
      "services/",
      "infra/artifacts/built-bundle.ts",
      "infra/artifacts/built-images.ts",
      "sandbox/",
      "node:",
      "[packages]",
    ],
  },
  {
    from: "tools/offline-planner/",
    may: ["contracts/", "environments/", "plan/", "sandbox/", "infra/program.ts", "node:", "[packages]"],
  },
  {
    from: "tools/",
    may: ["contracts/", "environments/", "releases/", "plan/", "policies/", "sandbox/", "node:", "[packages]"],
  },
  { from: "test/", may: ["[anything]"] },
  { from: "bench/", may: ["[anything]"] },
];
