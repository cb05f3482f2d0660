import { generateKeyPairSync } from "node:crypto";
import { RateLimiterMemory } from "rate-limiter-flexible";
import {
  type MachineIssuers,
  type PoolLocation,
  startMachinesIssuer,
} from "../../../../sandbox/data-plane/identity/cognito/machines-issuer.ts";
import { giveBack, keepPort } from "../../../../sandbox/data-plane/kept-ports.ts";
import type { PlannedPool } from "../../../../sandbox/data-plane/identity/cognito/planned-pool.ts";
import { ConsumerBffConfig, type ConsumerBffEnvironment } from "../../../../services/bff/b2c/config.ts";
import { type AuditLine, auditLineSchema } from "../../../../contracts/records/audit-line.ts";
import { type ConsumerBffNeeds, startConsumerBff } from "../../../../services/bff/b2c/start-consumer-bff.ts";
import { MemoryRecords } from "../../../../services/bff/b2c/store/memory-records.ts";
import { certifyWith } from "../../../../services/libraries/service-kit/tokens/context-delegation.ts";

/** The BFFs of two tenants, with pools of their own. */
export interface ConsumerBffs {
  readonly issuers: MachineIssuers;
  readonly of: (tenant: string) => ConsumerBffUnderTest;
  readonly stop: () => Promise<void>;
}

/** The BFF of a tenant, and what stands around it. */
export interface ConsumerBffUnderTest {
  readonly tenant: string;
  readonly origin: string;
  readonly port: number;
  readonly pool: PoolLocation;
  readonly records: MemoryRecords;
  readonly logged: object[];
  readonly audited: AuditLine[];
  readonly publicKeys: string;
  readonly password: string;
}

/** What may differ from test to test. */
export interface BffChanges {
  readonly environment?: Partial<ConsumerBffEnvironment>;
  readonly needs?: Partial<ConsumerBffNeeds>;
}

/** Where the app of consumers is answered. */
export const APP_REDIRECT = "http://127.0.0.1:33418/app";

const SIGN_IN_CLIENT = "bff-b2c-sign-in";
const PASSWORD = "Aa1!of-this-test";

const poolOf = (tenantId: string): PlannedPool => {
  const identifier = `test.eu-west-1.${tenantId}.b2c`;
  const scopes = ["mcp.read", "mcp.write"].map((it) => `${identifier}/${it}`);
  return {
    tenantId,
    region: "eu-west-1",
    resourceServers: [{ scenario: "b2c", identifier, scopes }],
    machines: [],
    applications: [{ name: SIGN_IN_CLIENT, scopes: ["openid"], tokenLifetimeSeconds: 300 }],
  };
};

/** Starts them: pools, sign-in pages and BFFs are the product's own, the agent is given. */
export async function startConsumerBffs(agentUrl: URL | string, changes: BffChanges = {}): Promise<ConsumerBffs> {
  const tenants = ["acme", "other"];
  const ports = await Promise.all(tenants.map(() => keepPort()));
  const originOf = (tenant: string): string => `http://127.0.0.1:${ports[tenants.indexOf(tenant)]}`;
  const issuers = await startMachinesIssuer({
    pools: tenants.map(poolOf),
    password: PASSWORD,
    redirectUris: [APP_REDIRECT],
    bffRedirectUri: (tenant) => `${originOf(tenant)}/sign-in/callback`,
  });
  const bffs = await Promise.all(
    tenants.map((tenant) =>
      startOne({ tenant, origin: originOf(tenant), issuers, agentUrl: String(agentUrl), changes }),
    ),
  );
  return {
    issuers,
    of: (tenant) => bffs.find((it) => it.tenant === tenant)!,
    stop: async () => {
      await Promise.all(bffs.map((it) => it.stop()));
      await issuers.stop();
    },
  };
}

interface OneBff {
  readonly tenant: string;
  readonly origin: string;
  readonly issuers: MachineIssuers;
  readonly agentUrl: string;
  readonly changes: BffChanges;
}

async function startOne({ tenant, origin, issuers, agentUrl, changes }: OneBff) {
  const pool = issuers.poolOf(tenant);
  const client = pool.clients.find((it) => it.name === SIGN_IN_CLIENT)!;
  const app = pool.clients.find((it) => it.name === "consumer")!;
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const records = new MemoryRecords();
  const logged: object[] = [];
  const audited: AuditLine[] = [];
  await giveBack(Number(new URL(origin).port));
  const keep = (fields: object): void => void logged.push(fields);
  const server = await startConsumerBff({
    config: ConsumerBffConfig.parse({
      TENANT_ID: tenant,
      PUBLIC_URL: origin,
      ISSUER: pool.issuer,
      CLIENT_ID: client.clientId,
      SCOPE_PREFIX: pool.scopePrefixOf("b2c"),
      APP_CLIENTS: app.clientId,
      AGENTS: JSON.stringify({ coordinator: agentUrl }),
      ALLOWED_ORIGINS: "https://*.myapp.com",
      PORT: new URL(origin).port,
      ...changes.environment,
    } satisfies ConsumerBffEnvironment),
    certify: certifyWith(privateKey),
    records,
    counter: (it) => new RateLimiterMemory(it),
    page: { "/": { type: "text/html; charset=utf-8", body: "<!doctype html><title>Page</title>" } },
    log: { info: keep, warn: keep, error: keep },
    audit: (line) => void audited.push(auditLineSchema.parse(JSON.parse(line))),
    server: { address: "127.0.0.1" },
    ...changes.needs,
  });
  const publicKeys = publicKey.export({ format: "pem", type: "spki" }).toString();
  return {
    tenant,
    origin,
    port: server.port,
    pool,
    records,
    logged,
    audited,
    publicKeys,
    password: PASSWORD,
    stop: server.stop,
  };
}
