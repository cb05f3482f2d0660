import { eventsOf } from "../../../contracts/agents/choreography.ts";
import { AGENT_EVENT_VARIABLES, AGENT_VARIABLES } from "../../../contracts/agents/environment.ts";
import { B2B_VARIABLES, B2C_VARIABLES } from "../../../contracts/bff/environment.ts";
import { tenantsOf } from "../../../environments/address.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { bundleOf } from "../bundle.ts";
import { TYPE } from "../resource-types.ts";

/** What the code of a bundle reads of its environment, without which it does not start; `settings.ts` says it of MCP servers and interceptors. */
const OF_BUNDLES: Readonly<Record<string, readonly string[]>> = {
  "agent-token": ["CLIENT_ID", "CLIENT_SECRET_ARN", "TOKEN_URL"],
  "bff-b2b": B2B_VARIABLES,
  "bff-b2c": B2C_VARIABLES,
  "database-setup": ["DATABASE_HOST", "DATABASE_MASTER_SECRET", "DATABASE_NAME", "DATABASE_PORT", "DATABASE_SECRET"],
  "gateway-canary": [
    "CANARY_GATEWAY_URL",
    "CLIENT_ID",
    "CLIENT_SECRET_ARN",
    "DEPLOYMENT_ENV",
    "SCENARIO",
    "TENANT_ID",
    "TOKEN_URL",
  ],
  "keycloak-database": ["DATABASE_HOST", "DATABASE_MASTER_SECRET", "DATABASE_NAME", "DATABASE_PORT", "DATABASE_USER"],
  // Without them, it offers no API that its tenant brings.
  "mcp-api-integration": ["APIS_BUCKET", "APIS_DIGEST", "APIS_KEY"],
  // A database that sleeps takes longer to wake than the code waits by itself.
  "mcp-database": ["DATABASE_ACQUIRE_TIMEOUT_MS"],
  // Without REALMS, in a region without tenants, it has nothing to do.
  "registration-guard": ["ADMIN_URL", "CLIENT_SECRET"],
  "secret-rotation": ["CLIENTS", "TOKEN_URL", "USER_POOL_ID"],
  "sign-in-providers": ["PROVIDERS", "USER_POOL_ID"],
  "token-claims": ["TENANT_ID"],
};

/** By which a span says which release it is of, where spans are sent, and how many traces are recorded. */
const TELEMETRY = [
  "OTEL_EXPORTER_OTLP_ENDPOINT",
  "OTEL_RESOURCE_ATTRIBUTES",
  "OTEL_TRACES_SAMPLER",
  "OTEL_TRACES_SAMPLER_ARG",
];

/** The variables that a workload must be given by the contract of its code; none where its code is not of this platform. */
export function neededSettings(it: ResourceView, stack: StackIndex): readonly string[] {
  const bundle = bundleOf(it);
  if (bundle === undefined || it.type === TYPE.statefulSet) return [];
  const own = ofBundle(bundle, stack);
  if (it.type === TYPE.function) return own;
  return [...own, ...TELEMETRY];
}

function ofBundle(bundle: string, stack: StackIndex): readonly string[] {
  const [, agent] = /^agent-(?!token$)(.+)$/.exec(bundle) ?? [];
  if (agent !== undefined)
    return eventsOf(agent) === undefined ? AGENT_VARIABLES : [...AGENT_VARIABLES, ...AGENT_EVENT_VARIABLES];
  const own = OF_BUNDLES[bundle] ?? [];
  return bundle === "registration-guard" && hasRealms(stack) ? [...own, "REALMS"] : own;
}

/** Whether a tenant of the region has a realm: the developers of the scenario `internal` sign in there. */
function hasRealms({ address }: StackIndex): boolean {
  if (address.layer !== "region") return false;
  const { environment, region } = address;
  return tenantsOf(environment, region).some((it) => environment.tenants[it]?.scenarios.includes("internal"));
}
