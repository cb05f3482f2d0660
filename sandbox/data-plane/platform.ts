import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Scenario } from "../../contracts/scenarios.ts";
import { serviceLog } from "../../services/libraries/service-kit/log.ts";
import { EXAMPLES, readApis } from "../../services/mcp/api-integration/read-apis.ts";
import { prepareConsumerDatabase } from "../../services/bff/b2c/store/consumer-database.ts";
import { prepareBatchDatabase } from "../../services/bff/b2b/batch/jobs/tables.ts";
import { prepareWebhookDatabase } from "../../services/bff/b2b/webhooks/tables.ts";
import { preparePartnerDatabase } from "../../services/bff/b2b/partners/store/partner-database.ts";
import { type LocalConsumerBff, startLocalConsumerBff } from "./bff/b2c.ts";
import { type LocalPartnerBff, startLocalPartnerBff } from "./bff/b2b.ts";
import { desksFile, writeDesks } from "./bff/partner-desk.ts";
import { type LocalAgents, startAgents } from "./agents/local-agents.ts";
import { startOrdersBackend } from "./backends/orders-backend.ts";
import { EmbeddedPostgres } from "./database/embedded-postgres.ts";
import { seedDatabase } from "./database/seed.ts";
import { Cleanup, type Stoppable } from "./cleanup.ts";
import { type DeveloperSoftware, type Identity, startIdentity } from "./identity/identity.ts";
import type { Person } from "./identity/people.ts";
import type { PoolClient } from "./identity/cognito/pool-clients.ts";
import { type LocalKey, localKey } from "./agents/local-key.ts";
import type { LocalTenant } from "./local-tenants.ts";
import { startServers, type Stores, writeSecrets } from "./mcp-servers.ts";
import { startObjectStorage } from "./object-storage/object-storage.ts";
import { writeOwnApis } from "./backends/own-apis.ts";
import { type Ports, portsFrom } from "./ports.ts";
import { removedInTheEnd } from "./removal.ts";
import { startTenantGateway } from "./tenant-gateways.ts";
import { recordsWatcher, type RecordsWatcher, TenantRecords, writeDocuments } from "./tenant-records.ts";

/** How the platform is to run on this machine. */
export interface PlatformOptions {
  readonly tenants: readonly LocalTenant[];
  /** What the judge says of the tenants' stacks; the development server shows it. */
  readonly premiseReport: object;
  /** What is kept from run to run: the database, the files, the records. */
  readonly folder: string;
  /** The first of the ports that clients keep; free ones without. */
  readonly firstPort?: number;
  readonly software: DeveloperSoftware;
  /** Told of each step as it begins. */
  readonly onStep: (step: string) => void;
  /** Told what whoever runs the platform must mend, a line of text each. */
  readonly onProblem: (text: string) => void;
  /** Aborts the start. */
  readonly signal?: AbortSignal;
}

/** A gateway that clients can be pointed at. */
export interface PlatformGateway {
  readonly tenant: string;
  readonly scenario: Scenario;
  readonly url: string;
  readonly issuer: string;
  /** The machines that it lets in; none where people sign in. */
  readonly machines: readonly PoolClient[];
}

/** The whole MCP path, up on this machine. */
export interface Platform {
  /** The identity provider of developers. */
  readonly software: string;
  readonly gateways: readonly PlatformGateway[];
  /** The agents of each tenant that has a pool. */
  readonly agents: readonly LocalAgents[];
  /** The BFFs of the tenants that have partners. */
  readonly partnerBffs: readonly LocalPartnerBff[];
  /** The BFFs of the tenants that have consumers, each with its chat page. */
  readonly consumerBffs: readonly LocalConsumerBff[];
  /** Who can sign in there. */
  readonly people: readonly Person[];
  /** Where the audit lines and logs of each tenant are. */
  readonly recordsFolder: string;
  stop(): Promise<void>;
}

/** Starts everything between a token and a tool; what has started is ended again if something does not, or if the start is aborted. */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const cleanup = new Cleanup();
  const cancel = (): void => cleanup.cancel();
  options.signal?.addEventListener("abort", cancel);
  try {
    options.signal?.throwIfAborted();
    return await started(options, cleanup);
  } catch (error) {
    await cleanup.end();
    throw error;
  } finally {
    options.signal?.removeEventListener("abort", cancel);
  }
}

async function started(options: PlatformOptions, cleanup: Cleanup): Promise<Platform> {
  const { tenants, folder, onStep, software } = options;
  const recordsFolder = path.join(folder, "records");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeDocuments(recordsFolder, tenants, options.premiseReport);
  const ports = cleanup.with(await portsFrom(options.firstPort, tenants));
  onStep("database, files, backends and identity");
  const [stores, identity] = await Promise.all([
    storesIn(folder, recordsFolder, { tenants, cleanup }),
    cleanup.start(startIdentity(tenants, { software, ports, signal: cleanup.signal })),
  ]);
  onStep("MCP servers and gateways");
  const gateways: PlatformGateway[] = [];
  const bffKeys = new Map(tenants.map((it) => [it.id, localKey()]));
  const bffKeyOf = ({ id }: LocalTenant): LocalKey => bffKeys.get(id) ?? localKey();
  const around = { stores, identity, ports, cleanup, watcher: recordsWatcher(options.onProblem), bffKeyOf };
  for (const it of tenants) gateways.push(...(await gatewaysOf(it, around)));
  onStep("agents and BFFs");
  const agents = await agentsOf(gateways, around, tenants);
  const [partnerBffs, consumerBffs] = await Promise.all([
    partnerBffsOf(gateways, around, { folder, agents, tenants }),
    consumerBffsOf(gateways, around, agents),
  ]);
  const { software: provider, people } = identity;
  const bffs = { partnerBffs, consumerBffs, agents };
  return { software: provider, people, gateways, ...bffs, recordsFolder, stop: () => cleanup.end() };
}

async function storesIn(
  folder: string,
  recordsFolder: string,
  { tenants, cleanup }: { readonly tenants: readonly LocalTenant[]; readonly cleanup: Cleanup },
): Promise<Stores> {
  const secretsFolder = path.join(folder, "secrets");
  const secretFile = path.join(secretsFolder, "database-keys");
  cleanup.with(removedInTheEnd(secretsFolder));
  const [{ database: host }, storage, backend, apis] = await Promise.all([
    cleanup.start(startDatabase(path.join(folder, "database"))),
    cleanup.start(startObjectStorage({ folder: path.join(folder, "files") })),
    cleanup.start(startOrdersBackend()),
    readApis(EXAMPLES),
  ]);
  await writeSecrets(secretsFolder, backend.secrets);
  await writeOwnApis(tenants, storage);
  await host.asAdmin("postgres", (client) => seedDatabase(client, { tenants, secretFile }));
  await host.asAdmin("postgres", preparePartnerDatabase);
  await host.asAdmin("postgres", prepareWebhookDatabase);
  await host.asAdmin("postgres", prepareBatchDatabase);
  await host.asAdmin("postgres", prepareConsumerDatabase);
  // The servers look for credentials where they do in the cloud: in their environment, which here is ours.
  process.env["AWS_ACCESS_KEY_ID"] = storage.accessKeyId;
  process.env["AWS_SECRET_ACCESS_KEY"] = storage.secretAccessKey;
  return {
    database: { DATABASE_HOST: host.host, DATABASE_NAME: "postgres", secretFile },
    storage,
    backends: backend.backends,
    brought: backend.brought,
    apis,
    secretsFolder,
    recordsFolder,
  };
}

/** PostgreSQL does not run as root, and root's folders are closed to whom it runs as instead: there its data last as long as the run. */
async function startDatabase(folder: string): Promise<Stoppable & { readonly database: EmbeddedPostgres }> {
  const database = await EmbeddedPostgres.start(process.getuid?.() === 0 ? undefined : folder);
  return { database, stop: () => database.remove() };
}

/** What the gateways of all tenants share. */
interface SharedParts {
  readonly stores: Stores;
  readonly identity: Identity;
  readonly ports: Ports;
  readonly cleanup: Cleanup;
  readonly watcher: RecordsWatcher;
  /** The key by which a tenant's BFFs sign who calls. */
  readonly bffKeyOf: (tenant: LocalTenant) => LocalKey;
}

async function gatewaysOf(
  tenant: LocalTenant,
  { stores, identity, ports, cleanup, watcher, bffKeyOf }: SharedParts,
): Promise<readonly PlatformGateway[]> {
  const { certify, publicKeys } = localKey();
  const contextIssuer = `urn:alicerce:interceptor:${tenant.id}`;
  const records = new TenantRecords(stores.recordsFolder, tenant.id, watcher);
  const trust = { issuer: contextIssuer, publicKeys };
  const { endpoints } = await cleanup.start(startServers(tenant, { trust, stores, records }));
  const around = {
    tenant,
    contextIssuer,
    certify,
    bffPublicKeys: bffKeyOf(tenant).publicKeys,
    endpoints,
    write: (line: string) => records.write("audit", line),
    log: serviceLog("gateway", { write: (line) => records.log("gateway", line.trimEnd()) }),
    interceptorLog: serviceLog("gateway-interceptor", {
      write: (line) => records.log("gateway-interceptor", line.trimEnd()),
    }),
  };
  return Promise.all(
    tenant.scenarios.map(async (scenario) => {
      const issuer = identity.of(tenant.id, scenario);
      const port = ports.of(tenant.id, scenario);
      const machines = identity.machinesOf(tenant.id, scenario);
      const own = { scenario, port, identity: issuer, machines };
      const { url } = await cleanup.start(startTenantGateway({ ...around, ...own }));
      return { tenant: tenant.id, scenario, url, issuer: issuer.issuer, machines };
    }),
  );
}

interface PartnerParts {
  readonly folder: string;
  readonly agents: readonly LocalAgents[];
  readonly tenants: readonly LocalTenant[];
}

async function partnerBffsOf(
  gateways: readonly PlatformGateway[],
  { stores, cleanup, watcher }: SharedParts,
  { folder, agents: all, tenants }: PartnerParts,
): Promise<readonly LocalPartnerBff[]> {
  const databaseHost = stores.database.DATABASE_HOST;
  const bffs = await Promise.all(
    gateways
      .filter((it) => it.scenario === "b2b")
      .map(({ tenant, issuer }) => {
        const records = new TenantRecords(stores.recordsFolder, tenant, watcher);
        const agents = all.find((it) => it.tenant === tenant);
        if (agents === undefined) throw new TypeError(`${tenant} has partners, and no agents`);
        const { orderRules = {} } = tenants.find((it) => it.id === tenant) ?? {};
        const options = { tenant, issuer, agents, databaseHost, folder, records, orderRules };
        return cleanup.start(startLocalPartnerBff(options));
      }),
  );
  cleanup.with(removedInTheEnd(desksFile(folder)));
  await writeDesks(folder, { databaseHost, tenants: Object.fromEntries(bffs.map((it) => [it.tenant, it.url])) });
  return bffs;
}

function consumerBffsOf(
  gateways: readonly PlatformGateway[],
  { stores, identity, ports, cleanup, watcher }: SharedParts,
  agents: readonly LocalAgents[],
): Promise<readonly LocalConsumerBff[]> {
  const databaseHost = stores.database.DATABASE_HOST;
  const tenants = gateways.filter((it) => it.scenario === "b2c").map((it) => it.tenant);
  return Promise.all(
    tenants.map((tenant) => {
      const records = new TenantRecords(stores.recordsFolder, tenant, watcher);
      const [port, pool] = [ports.consumerBffOf(tenant), identity.poolOf(tenant)];
      const people = identity.consumers.filter((it) => it.tenantId === tenant);
      const own = agents.find((it) => it.tenant === tenant);
      return cleanup.start(
        startLocalConsumerBff({ tenant, port, pool, people, databaseHost, records, ...(own && { agents: own }) }),
      );
    }),
  );
}

function agentsOf(
  gateways: readonly PlatformGateway[],
  { stores, identity, cleanup, watcher, bffKeyOf }: SharedParts,
  tenants: readonly LocalTenant[],
): Promise<readonly LocalAgents[]> {
  const withPool = tenants.filter(({ scenarios }) => scenarios.some((it) => it !== "internal"));
  return Promise.all(
    withPool.map((tenant) => {
      const own = gateways.filter((it) => it.tenant === tenant.id).map((it) => [it.scenario, it.url] as const);
      const records = new TenantRecords(stores.recordsFolder, tenant.id, watcher);
      const pool = identity.poolOf(tenant.id);
      return cleanup.start(
        startAgents(tenant, {
          ...{ records, pool, bffKey: bffKeyOf(tenant), gateways: Object.fromEntries(own) },
          databaseHost: stores.database.DATABASE_HOST,
        }),
      );
    }),
  );
}
