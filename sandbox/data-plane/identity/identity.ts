import type { Scenario } from "../../../contracts/scenarios.ts";
import type { Progress } from "../../progress.ts";
import { Cleanup } from "../cleanup.ts";
import type { LocalTenant } from "../local-tenants.ts";
import type { Ports } from "../ports.ts";
import type { GatewayIdentity } from "../tenant-gateways.ts";
import type { DeveloperIssuers } from "./developers.ts";
import { startEmbeddedIssuer } from "./embedded/embedded-issuer.ts";
import { consumerBffUrl } from "../bff/consumer-bff-url.ts";
import { startKeycloak } from "./keycloak/keycloak.ts";
import type { PlannedServer } from "./keycloak/planned-server.ts";
import { type MachineIssuers, type PoolLocation, startMachinesIssuer } from "./cognito/machines-issuer.ts";
import type { Person } from "./people.ts";
import { plannedPool } from "./cognito/planned-pool.ts";
import { plannedRealm } from "./planned-realm.ts";
import type { PoolClient } from "./cognito/pool-clients.ts";

/** Which identity provider developers have, and how it is run. */
export type DeveloperSoftware =
  | { readonly kind: "embedded" }
  | {
      readonly kind: "keycloak";
      /** As the stack of a region plans it. */
      readonly server: PlannedServer;
      readonly cache: string;
      readonly folder: string;
      readonly onProgress: Progress;
    };

/** The identity providers of all callers on this machine. */
export interface Identity {
  readonly software: DeveloperIssuers["software"];
  /** Who can sign in at the issuers of developers. */
  readonly people: readonly Person[];
  /** The issuer of the tokens of a gateway's callers. */
  of(tenant: string, scenario: Scenario): GatewayIdentity;
  /** The machines that get tokens for a gateway; none where people sign in. */
  machinesOf(tenant: string, scenario: Scenario): readonly PoolClient[];
  /** The pool of a tenant's consumers and partners; throws `TypeError` for a tenant that has none. */
  poolOf(tenant: string): PoolLocation;
  /** Who can sign in at the pools. */
  readonly consumers: readonly Person[];
  stop(): Promise<void>;
}

/** Starts the issuers that the tenants' stacks plan: one for developers, one in the place of Amazon Cognito. */
export async function startIdentity(
  tenants: readonly LocalTenant[],
  {
    software,
    ports,
    signal,
  }: { readonly software: DeveloperSoftware; readonly ports: Ports; readonly signal?: AbortSignal },
): Promise<Identity> {
  const cleanup = new Cleanup();
  const cancel = (): void => cleanup.cancel();
  signal?.addEventListener("abort", cancel);
  const audienceOf = (tenant: string): string => `http://127.0.0.1:${ports.of(tenant, "internal")}/mcp`;
  const bffRedirectUri = (tenant: string): string => `${consumerBffUrl(ports.consumerBffOf(tenant))}/sign-in/callback`;
  const realms = tenants
    .filter((it) => it.scenarios.includes("internal"))
    .map((it) => plannedRealm(it.plan, audienceOf(it.id)));
  const pools = tenants
    .filter(({ scenarios }) => scenarios.some((it) => it !== "internal"))
    .map((it) => plannedPool(it.plan));
  try {
    const [developers, machines] = await Promise.all([
      cleanup.start(startDevelopers(software, { realms, port: ports.developers, signal: cleanup.signal })),
      cleanup.start(startMachinesIssuer({ pools, port: ports.machines, bffRedirectUri })),
    ]);
    return identityOf(developers, machines, { audienceOf, cleanup });
  } catch (error) {
    await cleanup.end();
    throw error;
  } finally {
    signal?.removeEventListener("abort", cancel);
  }
}

function identityOf(
  developers: DeveloperIssuers,
  machines: MachineIssuers,
  { audienceOf, cleanup }: { readonly audienceOf: (tenant: string) => string; readonly cleanup: Cleanup },
): Identity {
  const machinesOf = (tenant: string, scenario: Scenario): readonly PoolClient[] =>
    scenario === "internal" ? [] : clientsOf(machines, tenant, scenario);
  return {
    software: developers.software,
    people: developers.people,
    of: (tenant, scenario) =>
      scenario === "internal"
        ? { profile: "keycloak", ...developers.issuerOf(tenant), audience: audienceOf(tenant) }
        : {
            profile: "cognito",
            ...locationOf(machines, tenant),
            clients: machinesOf(tenant, scenario).map((it) => it.clientId),
            scopePrefix: machines.poolOf(tenant).scopePrefixOf(scenario),
          },
    machinesOf,
    poolOf: machines.poolOf,
    consumers: machines.people,
    stop: () => cleanup.end(),
  };
}

function startDevelopers(
  software: DeveloperSoftware,
  { signal, ...options }: Parameters<typeof startEmbeddedIssuer>[0] & { readonly signal: AbortSignal },
): Promise<DeveloperIssuers> {
  if (software.kind === "embedded") return startEmbeddedIssuer(options);
  const { server, cache, folder, onProgress } = software;
  return startKeycloak({ ...options, server, cache, folder, onProgress, signal });
}

function locationOf(machines: MachineIssuers, tenant: string) {
  const { issuer, discoveryUrl, jwksUrl } = machines.poolOf(tenant);
  return { issuer, discoveryUrl, jwksUrl };
}

function clientsOf(issuers: MachineIssuers, tenant: string, scenario: Scenario): readonly PoolClient[] {
  const pool = issuers.poolOf(tenant);
  const prefix = `${pool.scopePrefixOf(scenario)}/`;
  const machines = pool.clients.filter((it) => it.grants.includes("client_credentials"));
  return machines.filter(({ scopes }) => scopes.some((it) => it.startsWith(prefix)));
}
