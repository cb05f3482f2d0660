/** The name of a tenant's bus of events, on which its agents and BFFs say what happened. */
export function busName(tenant: string): string {
  return `alicerce-${tenant}`;
}

const OF_AGENTS = "agent.";

/** The `source` of an agent's events, on the bus as in CloudEvents 1.0. */
export function agentSource(agent: string): string {
  return `${OF_AGENTS}${agent}`;
}

/** Whether a `source` is that of an agent. */
export function isOfAgent(source: string): boolean {
  return source.startsWith(OF_AGENTS);
}

/** The `source` of the events of a BFF. */
export function bffSource(scenario: string): string {
  return `bff.${scenario}`;
}

/** The `source`, in CloudEvents, of what a partner says itself: on the bus its BFF says it. */
export function partnerSource(partnerId: string, sourceId: string): string {
  return `urn:alicerce:partner:${partnerId}:${sourceId}`;
}

/** The partner in such a `source`; `undefined` where it is none. */
export function partnerIn(source: string): string | undefined {
  return /^urn:alicerce:partner:([A-Za-z0-9][A-Za-z0-9._-]{0,127}):\w+$/.exec(source)?.[1];
}

/** The subject of an event that a partner may be told of; `rest` says what of it the event is about. */
export function partnerSubject(partnerId: string, rest: string): string {
  return `partner/${partnerId}/${rest}`;
}
