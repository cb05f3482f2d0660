import { AGENT_VARIABLES } from "../../../contracts/agents/environment.ts";
import { B2B_VARIABLES, B2C_VARIABLES } from "../../../contracts/bff/environment.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { bundleOf } from "../bundle.ts";
import { TYPE } from "../resource-types.ts";

/** What the code of a bundle reads of its environment, without which it does not start; `settings.ts` says it of MCP servers and interceptors. */
const OF_BUNDLES: Readonly<Record<string, readonly string[]>> = {
  "agent-token": ["CLIENT_ID", "CLIENT_SECRET_ARN", "TOKEN_URL"],
  "bff-b2b": B2B_VARIABLES,
  "bff-b2c": B2C_VARIABLES,
  "database-setup": ["DATABASE_HOST", "DATABASE_MASTER_SECRET", "DATABASE_NAME", "DATABASE_PORT", "DATABASE_SECRET"],
  "keycloak-database": ["DATABASE_HOST", "DATABASE_MASTER_SECRET", "DATABASE_NAME", "DATABASE_PORT", "DATABASE_USER"],
  // Without REALMS, in a region without tenants, it has nothing to do.
  "registration-guard": ["ADMIN_URL", "CLIENT_SECRET"],
  "secret-rotation": ["CLIENTS", "TOKEN_URL", "USER_POOL_ID"],
  "token-claims": ["TENANT_ID"],
};

/** By which a span says which release it is of; pods say as well how many traces they begin. */
const TELEMETRY = ["OTEL_RESOURCE_ATTRIBUTES"];
const SAMPLING = ["OTEL_TRACES_SAMPLER", "OTEL_TRACES_SAMPLER_ARG"];

/** The variables that a workload must be given by the contract of its code; none where its code is not of this platform. */
export function neededSettings(it: ResourceView): readonly string[] {
  const bundle = bundleOf(it);
  if (bundle === undefined) return [];
  const own = bundle.startsWith("agent-") && bundle !== "agent-token" ? AGENT_VARIABLES : (OF_BUNDLES[bundle] ?? []);
  if (it.type === TYPE.function) return own;
  return [...own, ...TELEMETRY, ...(it.type === TYPE.runtime ? [] : SAMPLING)];
}
