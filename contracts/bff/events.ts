/** The name of a tenant's bus of events, on which its agents and BFFs say what happened. */
export function busName(tenant: string): string {
  return `alicerce-${tenant}`;
}

/** The `source` of an agent's events, on the bus as in CloudEvents 1.0: an agent does not hear its own. */
export function agentSource(agent: string): string {
  return `agent.${agent}`;
}

/** The `source` of the events of a BFF. */
export function bffSource(scenario: string): string {
  return `bff.${scenario}`;
}
