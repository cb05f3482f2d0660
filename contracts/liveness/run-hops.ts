import { hop } from "./hop.ts";

/** What lets an agent's pods run. */
export const TO_RUN = {
  pool: hop("cluster", "the node pool that they want is declared"),
  taints: hop("cluster", "they tolerate each taint of the pool"),
  node: hop("cluster", "a node of one of the pool's instance types has room for a pod"),
  capacity: hop("cluster", "its pods are on Spot capacity only if the data lets them be interrupted"),
  zone: hop("cluster", "its pods find places when a zone is lost"),
  room: hop("cluster", "the pool's limit has room for the most pods of the tenant"),
  together: hop("cluster", "the pool's limit has room for the least pods of all tenants, with one zone's nodes lost"),
  quota: hop("resource", "the namespace's quota admits the most pods of its agents"),
  range: hop("resource", "no container asks for more than the namespace's limit range allows"),
  healthy: hop("resource", "each probe asks a port of the container"),
  replaced: hop("resource", "a rollout may add or take away a pod"),
  drained: hop("resource", "the disruption budget lets a pod go"),
} as const;
