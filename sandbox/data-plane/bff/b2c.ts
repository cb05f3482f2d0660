import { generateKeyPairSync } from "node:crypto";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { bffName } from "../../../contracts/bff/names.ts";
import { ConsumerBffConfig, type ConsumerBffEnvironment } from "../../../services/bff/b2c/config.ts";
import { bundledPage } from "../../../services/bff/b2c/page-bundle.ts";
import { startConsumerBff } from "../../../services/bff/b2c/start-consumer-bff.ts";
import { consumerConnections } from "../../../services/bff/b2c/store/consumer-database.ts";
import { PostgresRecords } from "../../../services/bff/b2c/store/postgres-records.ts";
import {
  keptTokens,
  type MachineToken,
  machineTokenSchema,
} from "../../../services/libraries/gateway-client/machine-token.ts";
import { serviceLog } from "../../../services/libraries/service-kit/log.ts";
import { type Certify, certifyWith } from "../../../services/libraries/service-kit/tokens/context-delegation.ts";
import type { Stoppable } from "../cleanup.ts";
import type { PoolLocation } from "../identity/cognito/machines-issuer.ts";
import { giveBack } from "../kept-ports.ts";
import type { Person } from "../identity/people.ts";
import type { TenantRecords } from "../tenant-records.ts";
import { consumerBffUrl } from "./consumer-bff-url.ts";

/** The BFF of a tenant's consumers on this machine. */
export interface LocalConsumerBff extends Stoppable {
  readonly tenant: string;
  /** The chat page. */
  readonly url: string;
  /** Who can sign in there. */
  readonly people: readonly Person[];
  /** Whether agents answer there. */
  readonly hasAgents: boolean;
}

/** What a BFF stands on. */
export interface LocalConsumerBffOptions {
  readonly tenant: string;
  readonly port: number;
  readonly pool: PoolLocation;
  readonly people: readonly Person[];
  readonly databaseHost: string;
  readonly records: TenantRecords;
  /** The tenant's agents; without them, every question is answered by that they cannot be reached. */
  readonly agents?: {
    /** Where each speaks A2A, by name. */
    readonly urls: { readonly [name: string]: string };
    /** Certifies the signer of contexts, whose certificates the agents believe. */
    readonly certify: Certify;
  };
}

/** The names of the plan: the machine as which it calls agents, and the application in which consumers sign in. */
const MACHINE = bffName("b2c");
const SIGN_IN = `${MACHINE}-sign-in`;

/** Where nothing listens (RFC 863). */
const NOWHERE = "http://127.0.0.1:9/";

/** Starts the BFF of one tenant for its consumers, on loopback. */
export async function startLocalConsumerBff(options: LocalConsumerBffOptions): Promise<LocalConsumerBff> {
  const { tenant, pool, people, databaseHost: host, records } = options;
  const log = serviceLog(MACHINE, { write: (line) => records.log(MACHINE, line.trimEnd()) });
  const place = { host, port: 5432, database: "postgres" };
  const connections = consumerConnections(place, tenant, (error) => log.warn({ error }, "an idle connection broke"));
  await giveBack(options.port);
  const server = await startConsumerBff({
    config: ConsumerBffConfig.parse(environmentOf(options)),
    certify: options.agents?.certify ?? certifyByNobody,
    records: new PostgresRecords(connections, tenant),
    counter: (counted) => new RateLimiterMemory(counted),
    page: await bundledPage(),
    log,
    audit: (line) => records.write("audit", line),
    agent: { machineToken: keptTokens(() => machineToken(pool)) },
    server: { address: "127.0.0.1" },
  });
  const stop = async (): Promise<void> => {
    await server.stop();
    await connections.end();
  };
  const hasAgents = options.agents !== undefined;
  return { tenant, url: consumerBffUrl(server.port), people, hasAgents, stop };
}

/** By a key that nobody believes. */
const certifyByNobody: Certify = certifyWith(generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey);

function environmentOf({ tenant, port, pool, agents }: LocalConsumerBffOptions): ConsumerBffEnvironment {
  const client = pool.clients.find((it) => it.name === SIGN_IN);
  if (client === undefined) throw new TypeError(`the plan of ${tenant} has no application ${SIGN_IN}`);
  return {
    TENANT_ID: tenant,
    PUBLIC_URL: consumerBffUrl(port),
    ISSUER: pool.issuer,
    CLIENT_ID: client.clientId,
    AGENTS: JSON.stringify({ coordinator: agents?.urls["coordinator"] ?? NOWHERE }),
    ANSWERS_FROM: "scripted-model",
    PORT: port,
  };
}

/** The token by which the BFF calls agents, as its function gets it in the cloud. */
async function machineToken({ clients, tokenUrl }: PoolLocation): Promise<MachineToken> {
  const { clientId = "", clientSecret = "" } = clients.find((it) => it.name === MACHINE) ?? {};
  const response = await fetch(tokenUrl, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  if (!response.ok) throw new Error(`the pool gives ${MACHINE} no token: ${response.status}`);
  return machineTokenSchema.parse(await response.json());
}
