import { RateLimiterMemory } from "rate-limiter-flexible";
import type { OrderRules } from "../../../contracts/bff/order-rules.ts";
import { bffName } from "../../../contracts/bff/names.ts";
import { PostgresIdempotencyStore } from "../../../services/bff/b2b/idempotency/postgres-idempotency-store.ts";
import { admitPartner, rotateKey } from "../../../services/bff/b2b/partners/admission.ts";
import { PARTNER_SCOPES } from "../../../contracts/bff/partner-access.ts";
import type { PartnerStore } from "../../../services/bff/b2b/partners/partner-store.ts";
import { partnerConnections } from "../../../services/bff/b2b/partners/store/partner-database.ts";
import { PostgresPartnerStore } from "../../../services/bff/b2b/partners/store/postgres-partner-store.ts";
import { PartnerBffConfig } from "../../../services/bff/b2b/config.ts";
import { digestKey, startPartnerBff } from "../../../services/bff/b2b/start-partner-bff.ts";
import { serviceLog } from "../../../services/libraries/service-kit/log.ts";
import type { Stoppable } from "../cleanup.ts";
import type { LocalAgents } from "../agents/local-agents.ts";
import type { TenantRecords } from "../tenant-records.ts";
import { startPartnerChannels } from "./partner-channels.ts";
import { bffSecret } from "./partner-desk.ts";

/** The BFF of a tenant's partners on this machine, with two partners to try it as. */
export interface LocalPartnerBff extends Stoppable {
  readonly tenant: string;
  readonly url: string;
  /** The description of its API, for whoever asks. */
  readonly documentation: string;
  readonly partners: readonly LocalPartner[];
}

/** A partner of this run. */
export interface LocalPartner {
  readonly id: string;
  readonly apiKey: string;
}

/** What a BFF stands on. */
export interface LocalPartnerBffOptions {
  readonly tenant: string;
  /** The issuer of the tokens of partners. */
  readonly issuer: string;
  /** What the tenant takes of their orders. */
  readonly orderRules: OrderRules;
  /** The tenant's agents, by which it comes to the systems of the tenant. */
  readonly agents: LocalAgents;
  readonly databaseHost: string;
  /** Where its secret is kept. */
  readonly folder: string;
  readonly records: TenantRecords;
  /** A free one without. */
  readonly port?: number;
}

/** The machine as which it calls agents, by the name of the plan. */
const MACHINE = bffName("b2b");

/** The partners that every run begins with, and the customers on whose accounts they order. */
const PARTNERS = { "metal-works": "cus-1", "paper-mill": "cus-2" } as const;

/** Starts the BFF of one tenant for its partners, on loopback. */
export async function startLocalPartnerBff(options: LocalPartnerBffOptions): Promise<LocalPartnerBff> {
  const { tenant, agents, databaseHost, folder, records, orderRules } = options;
  const log = serviceLog(MACHINE, { write: (line) => records.log(MACHINE, line.trimEnd()) });
  const place = { host: databaseHost, port: 5432, database: "postgres" };
  const pool = partnerConnections(place, tenant, (error) => log.warn({ error }, "an idle connection broke"));
  const store = new PostgresPartnerStore(tenant, pool);
  const secret = await bffSecret(folder, tenant);
  const channels = startPartnerChannels({
    tenant,
    pool,
    partners: store,
    secret,
    agents,
    orderRules,
    machine: MACHINE,
    log,
  });
  const server = await startPartnerBff({
    config: configOf(options),
    partners: store,
    requests: new PostgresIdempotencyStore(tenant, pool),
    secret: () => Promise.resolve(secret),
    certify: agents.certify,
    counter: (counted) => new RateLimiterMemory(counted),
    agent: { machineToken: agents.tokensOf(MACHINE) },
    channels: () => channels,
    log,
    audit: (line) => records.write("audit", line),
    server: { address: "127.0.0.1" },
  });
  const url = `http://127.0.0.1:${server.port}`;
  const partners = await partnersOf(store, secret);
  const stop = async (): Promise<void> => {
    await server.stop();
    await channels.stop();
    await pool.end();
  };
  return { tenant, url, documentation: `${url}/v1/openapi.json`, partners, stop };
}

function configOf({ tenant, issuer, agents, orderRules, port = 0 }: LocalPartnerBffOptions) {
  return PartnerBffConfig.parse({
    TENANT_ID: tenant,
    ISSUER: issuer,
    PARTNERS_TOKEN_URL: `${issuer}/oauth2/token`,
    CLIENT_ID: MACHINE,
    ORDER_RULES: JSON.stringify(orderRules),
    AGENTS: JSON.stringify(agents.urls),
    PORT: port,
  });
}

/** The partners with a key of this run: whoever is known already gets another one, and the one before ends. */
async function partnersOf(store: PartnerStore, secret: Buffer): Promise<readonly LocalPartner[]> {
  const by = digestKey(store.tenantId, secret);
  const known = new Set((await store.list()).map(({ account }) => account.id));
  const issued = Object.entries(PARTNERS).map(async ([id, customerId]): Promise<LocalPartner> => {
    const account = { id, name: id, customerId, tier: "standard" } as const;
    const { key } = known.has(id)
      ? await rotateKey(store, by, { partnerId: id, overlapMs: 0 })
      : await admitPartner(store, by, { account, scopes: PARTNER_SCOPES });
    return { id, apiKey: key };
  });
  return Promise.all(issued);
}
