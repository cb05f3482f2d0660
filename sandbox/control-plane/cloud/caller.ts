import type { Place } from "../behaviours/behaviour.ts";

/** Who asks the cloud: the account and region that a provider is configured for, and the tags that it puts on everything. */
export interface Caller extends Place {
  readonly defaultTags: Readonly<Record<string, string>>;
}

/** The account of a Kubernetes cluster that does not exist: what would be in it can be predicted, but nothing can be created there. */
export const ABSENT_CLUSTER = "absent-cluster";
