import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { admitPartner, type IssuedKey, rotateKey } from "../../../../../services/bff/b2b/partners/admission.ts";
import { apiKeyDigest, apiKeyId, type DigestKey, hasDigest } from "../../../../../services/bff/b2b/partners/api-key.ts";
import { PARTNER_SCOPES } from "../../../../../contracts/bff/partner-access.ts";
import { type PartnerStore, PartnerStoreError } from "../../../../../services/bff/b2b/partners/partner-store.ts";
import { DynamoPartnerStore } from "../../../../../services/bff/b2b/partners/store/dynamo-partner-store.ts";
import { PostgresPartnerStore } from "../../../../../services/bff/b2b/partners/store/postgres-partner-store.ts";
import { keyedTables } from "../../../../support/tables/keyed-tables.ts";
import { partnerConnections } from "../../../../../services/bff/b2b/partners/store/partner-database.ts";
import { type PartnerFixture, partnerFixture } from "../partner-fixture.ts";

let it: PartnerFixture;
let tables: Awaited<ReturnType<typeof keyedTables>>;
beforeAll(async () => {
  it = await partnerFixture();
  tables = await keyedTables();
});
afterAll(() => Promise.all([it.close(), tables.close()]));

const idOf = (key: string): string => apiKeyId(key) ?? "";

test("a key is found by its id, and nothing that is kept is the key", async () => {
  const { store, keys, by } = it.acme;
  const holder = await store.find("api-key", idOf(keys["metal-works"]));
  expect(holder?.account).toEqual({ id: "metal-works", name: "metal-works", customerId: "cus-1", tier: "standard" });
  expect(hasDigest(keys["metal-works"], holder?.credential.digest ?? "", by)).toBe(true);
  const { rows } = await it.server.asAdmin("postgres", (client) => client.query("TABLE partner_bff.credentials"));
  const secret = keys["metal-works"].slice(-43);
  expect(secret).toHaveLength(43);
  expect(JSON.stringify(rows)).not.toContain(secret);
});

test("another tenant's partners are not there, and its digests are worth nothing when copied", async () => {
  const key = it.acme.keys["metal-works"];
  expect(await it.xyz.store.find("api-key", idOf(key))).toBeUndefined();
  expect((await it.xyz.store.list()).map(({ account }) => account.id)).toEqual(["metal-works", "paper-mill"]);
  const copied = apiKeyDigest(key, it.acme.by);
  expect(hasDigest(key, copied, { ...it.acme.by, tenantId: "xyz-gmbh" })).toBe(false);
});

test("connections of a tenant see and write no row of another one, whatever they ask", async () => {
  const { rows } = await it.xyz.pool.query("SELECT DISTINCT tenant_id FROM partner_bff.credentials");
  expect(rows).toEqual([{ tenant_id: "xyz-gmbh" }]);
  const { rowCount } = await it.xyz.pool.query(
    "UPDATE partner_bff.credentials SET revoked_at = now() WHERE tenant_id = 'acme-corp'",
  );
  expect(rowCount).toBe(0);
  const insert =
    "INSERT INTO partner_bff.partners (tenant_id, id, name, customer_id, tier) VALUES ('acme-corp', 'x', 'x', 'x', 'basic')";
  await expect(it.xyz.pool.query(insert)).rejects.toThrow("row-level security");
});

test("a tenant's id that is none is not put into a connection", () => {
  expect(() => partnerConnections({}, "x -c role=admin", () => undefined)).toThrow(TypeError);
});

let tenants = 0;
const opened: pg.Pool[] = [];
afterAll(() => Promise.all(opened.map((pool) => pool.end())));

/** A store of a tenant that has no partners yet. */
interface Opened {
  readonly store: PartnerStore;
  readonly by: DigestKey;
}

const STORES: readonly [string, (tenantId: string) => PartnerStore][] = [
  [
    "in PostgreSQL",
    (tenantId) => {
      const { host, port } = it.server;
      const pool = partnerConnections({ host, port, database: "postgres" }, tenantId, () => undefined);
      opened.push(pool);
      return new PostgresPartnerStore(tenantId, pool);
    },
  ],
  [
    "in DynamoDB",
    (tenantId) => new DynamoPartnerStore(tenantId, { client: tables.client, table: `api-keys-${tenantId}` }),
  ],
];

describe.each(STORES)("partners %s", (_name, storeOf) => {
  const open = async (): Promise<Opened> => {
    const tenantId = `tenant-${++tenants}`;
    if (storeOf === STORES[1]?.[1]) await tables.make(`api-keys-${tenantId}`);
    return { store: storeOf(tenantId), by: { tenantId, pepper: Buffer.alloc(32, tenantId) } };
  };

  test("a rotated key gets the scopes of the newest, and those before it end with the overlap", async () => {
    const { store, by } = await open();
    const account = { id: "rotating", name: "Rotating", customerId: "cus-9", tier: "basic" } as const;
    const first = await admitPartner(store, by, { account, scopes: ["orders:read"] });
    const second = await rotateKey(store, by, {
      partnerId: "rotating",
      overlapMs: 60_000,
      now: () => Date.UTC(2030, 0, 1),
    });
    const [before, after] = [await store.find("api-key", first.id), await store.find("api-key", second.id)];
    expect(before?.credential.expiresAt).toEqual(new Date(Date.UTC(2030, 0, 1, 0, 1)));
    expect(after?.credential).toMatchObject({ scopes: ["orders:read"], partnerId: "rotating" });
    expect(after?.credential.expiresAt).toBeUndefined();

    await rotateKey(store, by, { partnerId: "rotating", overlapMs: 0, now: () => Date.UTC(2031, 0, 1) });
    const unchanged = await store.find("api-key", first.id);
    expect(unchanged?.credential.expiresAt).toEqual(new Date(Date.UTC(2030, 0, 1, 0, 1)));
  });

  test("what is revoked stays revoked, one or all; a partner without a key has none to rotate", async () => {
    const { store, by } = await open();
    const account = { id: "leaving", name: "Leaving", customerId: "cus-9", tier: "basic" } as const;
    const { id } = await admitPartner(store, by, { account, scopes: ["orders:read"] });
    await store.add({ kind: "oauth-client", id: "client-of-leaving", partnerId: "leaving", scopes: ["orders:read"] });
    await admitted(store, by, "paper-mill");
    expect(await store.revoke("paper-mill", id)).toBe(0);
    expect(await store.revoke("leaving", id)).toBe(1);
    expect(await store.revoke("leaving")).toBe(1);
    expect(await store.revoke("leaving")).toBe(0);
    expect((await store.find("oauth-client", "client-of-leaving"))?.credential.revokedAt).toBeInstanceOf(Date);
    await expect(rotateKey(store, by, { partnerId: "leaving" })).rejects.toThrow(
      "has no API key that could be rotated",
    );
  });

  test("ids are taken once: of partners, and of credentials across partners", async () => {
    const { store, by } = await open();
    for (const id of ["metal-works", "paper-mill"]) await admitted(store, by, id);
    const account = { id: "metal-works", name: "Another", customerId: "cus-3", tier: "basic" } as const;
    await expect(admitPartner(store, by, { account, scopes: [] })).rejects.toThrow(PartnerStoreError);
    await store.add({ kind: "oauth-client", id: "one-client", partnerId: "metal-works", scopes: [] });
    const again = { kind: "oauth-client", id: "one-client", partnerId: "paper-mill", scopes: [] } as const;
    await expect(store.add(again)).rejects.toThrow("there is one of that name already");
    await expect(store.add({ ...again, id: "two", partnerId: "nobody" })).rejects.toThrow("no partner of that name");
    // A name that another partner has is not listed as one's own, and is not revoked with one's own.
    expect((await store.list()).map((held) => [held.account.id, ...held.credentials.map(({ kind }) => kind)])).toEqual([
      ["metal-works", "api-key", "oauth-client"],
      ["paper-mill", "api-key"],
    ]);
    expect(await store.revoke("paper-mill")).toBe(1);
    expect((await store.find("oauth-client", "one-client"))?.credential.revokedAt).toBeUndefined();
  });

  test("a partner is found with all that was said of it", async () => {
    const { store, by } = await open();
    const { id } = await admitted(store, by, "metal-works");
    const held = await store.find("api-key", id);
    expect(held?.account).toEqual({ id: "metal-works", name: "metal-works", customerId: "cus-1", tier: "standard" });
    expect(held?.credential).toMatchObject({ kind: "api-key", id, partnerId: "metal-works", scopes: PARTNER_SCOPES });
    expect(held?.credential.createdAt).toBeInstanceOf(Date);
    expect(await store.find("oauth-client", id)).toBeUndefined();
  });

  test("another tenant's partners are not there", async () => {
    const [mine, theirs] = [await open(), await open()];
    const { id } = await admitted(theirs.store, theirs.by, "metal-works");
    expect(await mine.store.find("api-key", id)).toBeUndefined();
    expect(await mine.store.list()).toEqual([]);
    expect(await mine.store.revoke("metal-works")).toBe(0);
  });
});

function admitted(store: PartnerStore, by: DigestKey, id: string): Promise<IssuedKey> {
  const account = { id, name: id, customerId: "cus-1", tier: "standard" } as const;
  return admitPartner(store, by, { account, scopes: PARTNER_SCOPES });
}
