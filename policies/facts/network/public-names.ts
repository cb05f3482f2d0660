import type { ResourceView } from "../../engine/resource-view.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { domainHost, poolHost, poolOf, signsIn } from "../identity/user-pools.ts";

/**
 * The hosts outside of the network that a workload needs: that of its tenant's user pool, for the keys of tokens, and the domain of the
 * pool where it signs people in. Neither has a private endpoint that a pool with a domain can be used by (Amazon Cognito developer guide,
 * "Access Amazon Cognito using an interface endpoint").
 */
export function publicNamesOf(workload: ResourceView, stack: StackIndex): readonly string[] {
  const pool = poolOf(workload, stack);
  if (pool === undefined) return [];
  const domain = signsIn(workload, stack) ? domainHost(pool, stack) : undefined;
  return [poolHost(pool), ...(domain === undefined ? [] : [domain])];
}
