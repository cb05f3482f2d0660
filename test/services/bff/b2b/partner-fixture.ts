import type pg from "pg";
import { EmbeddedPostgres } from "../../../../sandbox/data-plane/database/embedded-postgres.ts";
import type { DigestKey } from "../../../../services/bff/b2b/partners/api-key.ts";
import { PARTNER_SCOPES } from "../../../../contracts/bff/partner-access.ts";
import { admitPartner } from "../../../../services/bff/b2b/partners/admission.ts";
import {
  partnerConnections,
  preparePartnerDatabase,
} from "../../../../services/bff/b2b/partners/store/partner-database.ts";
import { PostgresPartnerStore } from "../../../../services/bff/b2b/partners/store/postgres-partner-store.ts";

/** The partners of one tenant in a real database. */
export interface TenantFixture {
  readonly pool: pg.Pool;
  readonly store: PostgresPartnerStore;
  readonly by: DigestKey;
  /** API keys of the partners, by their names. */
  readonly keys: Readonly<Record<"metal-works" | "paper-mill", string>>;
}

/** Two tenants, each with the partners "metal-works" (cus-1) and "paper-mill" (cus-2). */
export interface PartnerFixture {
  readonly server: EmbeddedPostgres;
  readonly acme: TenantFixture;
  readonly xyz: TenantFixture;
  close(): Promise<void>;
}

/** Starts a database, and admits the partners. */
export async function partnerFixture(): Promise<PartnerFixture> {
  const server = await EmbeddedPostgres.start();
  await server.asAdmin("postgres", preparePartnerDatabase);
  const acme = await tenantFixture(server, "acme-corp");
  const xyz = await tenantFixture(server, "xyz-gmbh");
  return {
    server,
    acme,
    xyz,
    close: async () => {
      await Promise.all([acme.pool.end(), xyz.pool.end()]);
      await server.remove();
    },
  };
}

async function tenantFixture(server: EmbeddedPostgres, tenantId: string): Promise<TenantFixture> {
  const pool = partnerConnections(
    { host: server.host, port: server.port, database: "postgres" },
    tenantId,
    () => undefined,
  );
  const store = new PostgresPartnerStore(tenantId, pool);
  const by = { tenantId, pepper: Buffer.alloc(32, tenantId) };
  const admit = async (id: string, customerId: string): Promise<string> => {
    const account = { id, name: id, customerId, tier: "standard" } as const;
    return (await admitPartner(store, by, { account, scopes: PARTNER_SCOPES })).key;
  };
  const keys = { "metal-works": await admit("metal-works", "cus-1"), "paper-mill": await admit("paper-mill", "cus-2") };
  return { pool, store, by, keys };
}
