import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { deployedFor, type McpOffer } from "../../releases/published-servers.ts";
import type { Api } from "../../services/mcp/api-integration/api.ts";
import { ApiIntegrationConfig } from "../../services/mcp/api-integration/config.ts";
import { openServices as openApis } from "../../services/mcp/api-integration/open-services.ts";
import { readOwnApis } from "../../services/mcp/api-integration/own-apis.ts";
import { apiIntegrationServer } from "../../services/mcp/api-integration/server.ts";
import { DatabaseConfig, type DatabaseEnvironment } from "../../services/mcp/database/config.ts";
import { openServices as openDatabase } from "../../services/mcp/database/open-services.ts";
import { databaseServer } from "../../services/mcp/database/server.ts";
import { folderServices } from "../../services/mcp/development/sources/folder-sources.ts";
import { developmentServer } from "../../services/mcp/development/server.ts";
import { FilesConfig, type FilesEnvironment } from "../../services/mcp/files/config.ts";
import { openServices as openFiles } from "../../services/mcp/files/open-services.ts";
import { filesServer } from "../../services/mcp/files/server.ts";
import { HostConfig } from "../../services/libraries/mcp-host/config.ts";
import type { McpHost } from "../../services/libraries/mcp-host/http/listener.ts";
import { hostOf } from "../../services/libraries/mcp-host/run.ts";
import { serviceLog } from "../../services/libraries/service-kit/log.ts";
import type { OrdersBackend } from "./backends/orders-backend.ts";
import type { LocalTenant } from "./local-tenants.ts";
import { ownApisSettings, ownBackends } from "./backends/own-apis.ts";
import { startOwnServer } from "./own-server.ts";
import type { TenantRecords } from "./tenant-records.ts";

/** What stands behind all servers on a laptop. */
export interface Stores {
  readonly database: Pick<DatabaseEnvironment, "DATABASE_HOST" | "DATABASE_NAME"> & { readonly secretFile: string };
  readonly storage: { readonly endpoint: string; readonly region: string; readonly accountId: string };
  readonly backends: OrdersBackend["backends"];
  /** As `backends`, of APIs that tenants bring. */
  readonly brought: OrdersBackend["brought"];
  /** What these APIs are: read once for all servers. */
  readonly apis: readonly Api[];
  readonly secretsFolder: string;
  /** What the development server reads, a folder per tenant. */
  readonly recordsFolder: string;
}

/** The gateways' side of a tenant's servers, and where they write. */
export interface ServerContext {
  readonly trust: ContextTrust;
  readonly stores: Stores;
  readonly records: TenantRecords;
}

/** Whose context tokens the servers of a tenant accept. */
export interface ContextTrust {
  readonly issuer: string;
  readonly publicKeys: string;
}

/** The MCP servers of one tenant, by the name of their gateway target. */
export interface LocalServers {
  readonly endpoints: ReadonlyMap<string, string>;
  stop(): Promise<void>;
}

/** Starts every retained release that the tenant's scenarios offer, and every candidate, each configured as its process would be. */
export async function startServers(tenant: LocalTenant, context: ServerContext): Promise<LocalServers> {
  const offers = new Map(tenant.scenarios.flatMap((it) => deployedFor(it)).map((it) => [it.targetName, it]));
  const hosts: McpHost[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(hosts.map((it) => it.stop()));
  };
  const endpoints = new Map<string, string>();
  try {
    for (const offer of offers.values()) {
      const host = await hostFor(offer, environmentOf(tenant, context.trust, offer), { tenant, ...context });
      hosts.push(host);
      endpoints.set(offer.targetName, `http://127.0.0.1:${await host.listen(0, "127.0.0.1")}/mcp`);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { endpoints, stop };
}

type HostEnvironment = (typeof HostConfig)["_input"];

function environmentOf(
  { id }: LocalTenant,
  { issuer, publicKeys }: ContextTrust,
  { release }: McpOffer,
): HostEnvironment {
  return {
    TENANT_ID: id,
    SERVER_VERSION: release.version,
    ...("removeOn" in release && { SERVER_DEPRECATION: `${release.deprecatedOn}/${release.removeOn}` }),
    CONTEXT_ISSUER: issuer,
    CONTEXT_PUBLIC_KEYS: publicKeys,
    ALLOWED_HOSTS: "127.0.0.1",
  };
}

async function hostFor(
  { service, server, release }: McpOffer,
  host: HostEnvironment,
  { tenant, stores, records }: ServerContext & { readonly tenant: LocalTenant },
): Promise<McpHost> {
  const { version } = release;
  const log = serviceLog(server, { write: (line) => records.log(server, line.trimEnd()) });
  switch (service) {
    case "database": {
      const config = DatabaseConfig.parse(databaseEnvironment(host, stores));
      const opened = await openDatabase(config, (error) => log.warn({ error }, "an idle connection broke"));
      return hostOf({ definition: databaseServer(version), config, ...opened }, log);
    }
    case "files": {
      const config = FilesConfig.parse(filesEnvironment(host, stores));
      return hostOf({ definition: filesServer(version), config, ...openFiles(config) }, log);
    }
    case "api-integration": {
      const { backends, brought, secretsFolder: SECRETS_FOLDER, apis } = stores;
      const BACKENDS = JSON.stringify({ ...backends, ...ownBackends(tenant, brought) });
      const settings = { ...ownApisSettings(tenant, stores.storage), BACKENDS, SECRETS_FOLDER };
      const config = ApiIntegrationConfig.parse({ ...host, ...settings });
      const own = await readOwnApis(config);
      const opened = openApis(config, [...apis, ...own]);
      return hostOf({ definition: apiIntegrationServer(version, apis, own), config, ...opened }, log);
    }
    case "development": {
      const services = folderServices(stores.recordsFolder);
      return hostOf({ definition: developmentServer(version), config: HostConfig.parse(host), services }, log);
    }
    default:
      return startOwnServer(service, host);
  }
}

function databaseEnvironment(host: HostEnvironment, { database }: Stores): DatabaseEnvironment {
  const { secretFile, ...place } = database;
  return {
    ...host,
    ...place,
    DATABASE_AUTH: "socket",
    DATABASE_SECRET_FILE: secretFile,
    DATABASE_WRITABLE_TABLES: "customers,orders",
  };
}

function filesEnvironment(host: HostEnvironment, { storage }: Stores): FilesEnvironment {
  return {
    ...host,
    AWS_REGION: storage.region,
    FILES_BUCKET: `alicerce-${host.TENANT_ID}`,
    FILES_BUCKET_OWNER: storage.accountId,
    FILES_KMS_KEY_ARN: `arn:aws:kms:${storage.region}:${storage.accountId}:key/${host.TENANT_ID}`,
    FILES_ENDPOINT: storage.endpoint,
  };
}

/** Writes secrets into a folder, a file each that nobody else may read. */
export async function writeSecrets(folder: string, secrets: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const [name, text] of Object.entries(secrets)) await writeFile(path.join(folder, name), text, { mode: 0o600 });
}
