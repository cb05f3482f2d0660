/** The tags and labels that components write and policies read: the only contract between the two. */
export const TAG = {
  /** Environment name; a default tag of every AWS provider. */
  environment: "alicerce:environment",
  /** Tenant id; a default tag of every AWS provider of a tenant's stack. */
  tenant: "alicerce:tenant",
  /** Whom it is charged to, as the tenant's data says; a default tag of every AWS provider of a tenant that has one. */
  costCenter: "alicerce:cost-center",
  /** Address of the stack that declares it; a default tag of every AWS provider. */
  stack: "alicerce:stack",
  /** Scenario of a gateway: `internal`, `b2c` or `b2b`. */
  scenario: "alicerce:scenario",
  /** What a workload is: one of `KIND`. */
  kind: "alicerce:kind",
  /** Name of the service, as in the release data. */
  service: "alicerce:service",
  /** Semantic version of the service. */
  version: "alicerce:version",
  /** Of an older major that is still served: the first day on which it may be gone, as yyyy-mm-dd. */
  removeOn: "alicerce:remove-on",
  /** Of a release on trial beside the newest one: `CANDIDATE`. */
  track: "alicerce:track",
} as const;

/** The value of `TAG.track`. */
export const CANDIDATE = "candidate";

/** The same facts as labels of Kubernetes objects. */
export const LABEL = {
  tenant: "alicerce.dev/tenant",
  kind: "alicerce.dev/kind",
  name: "app.kubernetes.io/name",
  version: "app.kubernetes.io/version",
  /** Of a taint: the service that runs on a node, and nothing else does. */
  service: "alicerce.dev/service",
} as const;

/** What a workload can be, as the value of `TAG.kind` and `LABEL.kind`. */
export const KIND = {
  mcpServer: "mcp-server",
  agent: "agent",
  bff: "bff",
  identityProvider: "identity-provider",
} as const;
