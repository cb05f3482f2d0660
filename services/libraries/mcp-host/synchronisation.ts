import type { TenantContext } from "../service-kit/tenant-context.ts";
import { askedBy } from "./http/exchange.ts";

/**
 * What a gateway asks when a target is created or synchronised: in its own name, past its interceptor, so without a context
 * token. The answers are the server's contract, the same for everybody.
 */
const METHODS: readonly string[] = [
  "initialize",
  "notifications/initialized",
  "ping",
  "server/discover",
  "tools/list",
  "prompts/list",
  "resources/list",
  "resources/templates/list",
];

/** Nobody: may see what is public, and has no right at all. */
export const SYNCHRONISATION: TenantContext = {
  tenantId: "nobody",
  clientId: "agentcore-gateway",
  scopes: [],
  requestId: "synchronisation",
  correlationId: "synchronisation",
};

/** Whether a message only asks what there is. */
export function isSynchronisation(message: unknown): boolean {
  const { method } = askedBy(message);
  return method !== undefined && METHODS.includes(method);
}
