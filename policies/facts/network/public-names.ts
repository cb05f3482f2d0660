import { KIND, LABEL } from "../../../contracts/tags.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { settingsOf } from "../workloads.ts";
import { domainHost, poolHost, poolOf, signsIn } from "../identity/user-pools.ts";

/** The hosts outside of the network that a workload needs: those of its tenant's user pool, and of the webhooks that it sends. */
export function publicNamesOf(workload: ResourceView, stack: StackIndex): readonly string[] {
  return [...poolNamesOf(workload, stack), ...webhookHostsOf(workload, stack)];
}

/**
 * The host of a workload's user pool, for the keys of tokens, and the domain of the pool where the workload signs people in. Neither has a
 * private endpoint that a pool with a domain can be used by (Amazon Cognito developer guide, "Access Amazon Cognito using an interface endpoint").
 */
export function poolNamesOf(workload: ResourceView, stack: StackIndex): readonly string[] {
  const pool = poolOf(workload, stack);
  if (pool === undefined) return [];
  const domain = signsIn(workload, stack) ? domainHost(pool, stack) : undefined;
  return [poolHost(pool), ...(domain === undefined ? [] : [domain])];
}

/** The hosts to which a BFF that has a queue of webhooks may send them: those of its tenant in the environment's data. */
export function webhookHostsOf(workload: ResourceView, { address }: StackIndex): readonly string[] {
  if (address.layer !== "tenant") return [];
  const isSender = workload.label(LABEL.kind) === KIND.bff && hasQueue(workload);
  return isSender ? (address.tenant.webhookHosts ?? []) : [];
}

function hasQueue(workload: ResourceView): boolean {
  return settingsOf(workload).some(({ name }) => name === "WEBHOOKS_QUEUE_URL");
}
