import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { endServer, listenOnLoopback } from "../../loopback-server.ts";
import type { IssuerLocation } from "../developers.ts";
import { demoPeople, type Person } from "../people.ts";
import type { PlannedPool } from "./planned-pool.ts";
import { poolApp, type Served } from "./pool-app.ts";
import { poolClients, type PoolClient } from "./pool-clients.ts";
import { TokenEndpoint } from "./token-endpoint.ts";
import { UserPool } from "./user-pool.ts";

/** Whose pools to serve, and to whom. */
export interface MachinesIssuerOptions {
  readonly pools: readonly PlannedPool[];
  /** A free one by default. */
  readonly port?: number;
  /** One password for all people; by default each has one of their own, of this run. */
  readonly password?: string;
  /** Where the consumers' app may be answered. */
  readonly redirectUris?: readonly string[];
  /** Where the BFF for consumers of a tenant is answered; a tenant without has none. */
  readonly bffRedirectUri?: (tenantId: string) => string | undefined;
}

/** A pool, as those see it who configure something with it. */
export interface PoolLocation extends IssuerLocation {
  readonly tokenUrl: string;
  readonly clients: readonly PoolClient[];
  /** What goes before the scopes of a scenario's gateway; throws `TypeError` if the tenant has no such gateway. */
  readonly scopePrefixOf: (scenario: string) => string;
}

/** The issuers of tokens of machines and consumers, one per tenant. */
export interface MachineIssuers {
  /** Throws `TypeError` for a tenant that has none. */
  readonly poolOf: (tenantId: string) => PoolLocation;
  readonly people: readonly Person[];
  stop(): Promise<void>;
}

/** Serves the user pools of several tenants as Amazon Cognito does; claims come from the function that is deployed for it. */
export async function startMachinesIssuer(options: MachinesIssuerOptions): Promise<MachineIssuers> {
  const { pools, port = 0, password, redirectUris: app = [], bffRedirectUri } = options;
  const people = demoPeople(
    pools.map((it) => it.tenantId),
    password,
  );
  const served = new Map<string, Served>();
  const server = createServer(getRequestListener(poolApp(served).fetch));
  const origin = `http://127.0.0.1:${await listenOnLoopback(server, port)}`;
  for (const plan of pools) {
    const bff = bffRedirectUri?.(plan.tenantId);
    const clients = poolClients(plan, { app, bff: bff === undefined ? [] : [bff] });
    const pool = await UserPool.open(plan, origin, clients);
    const own = people.filter((it) => it.tenantId === plan.tenantId);
    served.set(pool.id, { plan, pool, endpoint: new TokenEndpoint(pool), people: own });
  }
  const stop = async (): Promise<void> => {
    await Promise.all([endServer(server), ...[...served.values()].map(({ pool }) => pool.close())]);
  };
  const poolOf = (tenantId: string): PoolLocation => {
    const found = [...served.values()].find(({ plan }) => plan.tenantId === tenantId);
    if (found === undefined) throw new TypeError(`${tenantId} has no user pool here`);
    return locationOf(found);
  };
  return { poolOf, people, stop };
}

function locationOf({ plan, pool }: Served): PoolLocation {
  const { issuer, clients } = pool;
  return {
    issuer,
    discoveryUrl: `${issuer}/.well-known/openid-configuration`,
    jwksUrl: `${issuer}/.well-known/jwks.json`,
    tokenUrl: `${issuer}/oauth2/token`,
    clients,
    scopePrefixOf: (scenario) => {
      const server = plan.resourceServers.find((it) => it.scenario === scenario);
      if (server === undefined) throw new TypeError(`${plan.tenantId} has no gateway for ${scenario}`);
      return server.identifier;
    },
  };
}
