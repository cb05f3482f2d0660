import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EmbeddedPostgres } from "../../../../../sandbox/data-plane/database/embedded-postgres.ts";
import { DynamoRecords } from "../../../../../services/bff/b2c/store/dynamo-records.ts";
import { MemoryRecords } from "../../../../../services/bff/b2c/store/memory-records.ts";
import { PostgresRecords } from "../../../../../services/bff/b2c/store/postgres-records.ts";
import {
  consumerConnections,
  prepareConsumerDatabase,
} from "../../../../../services/bff/b2c/store/consumer-database.ts";
import { keyedTables } from "../../../../support/tables/keyed-tables.ts";
import type { RecordStore } from "../../../../../services/bff/b2c/store/records.ts";

let database: EmbeddedPostgres;
let tables: Awaited<ReturnType<typeof keyedTables>>;
let dynamo: DynamoDBClient;
const opened: { end: () => Promise<void> }[] = [];
let at = Date.now();
let tenants = 0;

beforeAll(async () => {
  database = await EmbeddedPostgres.start(undefined);
  await database.asAdmin("postgres", prepareConsumerDatabase);
  tables = await keyedTables();
  dynamo = tables.client;
});

afterAll(async () => {
  await Promise.all(opened.map((it) => it.end()));
  await Promise.all([database.remove(), tables.close()]);
});

function connections(tenant: string) {
  const pool = consumerConnections({ host: database.host, port: 5432, database: "postgres" }, tenant, () => undefined);
  opened.push(pool);
  return pool;
}

const STORES: readonly [string, () => Promise<RecordStore>][] = [
  ["in memory", () => Promise.resolve(new MemoryRecords(() => at))],
  [
    "in DynamoDB",
    async () => {
      const table = `sessions-${++tenants}`;
      await tables.make(table);
      return new DynamoRecords(dynamo, table, () => at);
    },
  ],
  [
    "in PostgreSQL",
    () => Promise.resolve(new PostgresRecords(connections(`tenant-${++tenants}`), `tenant-${tenants}`, () => at)),
  ],
];

describe.each(STORES)("records %s", (_name, open) => {
  test("are kept, replaced, and told apart by version", async () => {
    const store = await open();
    const record = {
      kind: "preferences",
      id: "p1",
      owner: "alice",
      value: { language: "en", list: [1, "ç"] },
    } as const;
    const first = await store.put(record);
    expect(await store.get("preferences", "p1")).toEqual({ ...record, version: first });
    const second = await store.put({ ...record, value: null });
    expect(second).toBeGreaterThan(first);
    expect(await store.get("preferences", "p1")).toMatchObject({ value: null, version: second });
    expect(await store.get("consents", "p1")).toBeUndefined();
  });

  test("end with their time", async () => {
    const store = await open();
    await store.put({ kind: "session", id: "s", owner: "alice", value: 1, expiresAt: at + 1_000 });
    expect(await store.get("session", "s")).toBeDefined();
    at += 1_000;
    expect(await store.get("session", "s")).toBeUndefined();
    expect(await store.take("session", "s")).toBeUndefined();
    expect(await store.ofOwner("alice")).toEqual([]);
  });

  test("are taken by one of those who ask at the same time", async () => {
    const store = await open();
    await store.put({ kind: "sign-in", id: "once", value: { state: "x" } });
    const taken = await Promise.all(Array.from({ length: 10 }, () => store.take("sign-in", "once")));
    expect(taken.filter((it) => it !== undefined)).toHaveLength(1);
  });

  test("of an owner come in the order of their changes, from a version on, and no more than wanted", async () => {
    const store = await open();
    const put = (id: string, owner = "alice") => store.put({ kind: "turn", id, owner, value: id });
    await put("a");
    const b = await put("b");
    await put("c");
    await put("a");
    await put("x", "bruno");
    await store.put({ kind: "conversation", id: "d", owner: "alice", value: "d" });
    const ids = async (selection: object) => (await store.ofOwner("alice", selection)).map((it) => it.id);
    expect(await ids({ kind: "turn" })).toEqual(["b", "c", "a"]);
    expect(await ids({ after: b })).toEqual(["c", "a", "d"]);
    expect(await ids({ limit: 1 })).toEqual(["b"]);
  });

  test("of an owner are removed, and no other's", async () => {
    const store = await open();
    for (const owner of ["alice", "bruno"]) await store.put({ kind: "turn", id: owner, owner, value: 1 });
    expect(await store.removeOwner("alice")).toBe(1);
    expect(await store.get("turn", "alice")).toBeUndefined();
    expect(await store.get("turn", "bruno")).toBeDefined();
  });

  test("of another tenant cannot be named", async () => {
    const [mine, theirs] = [await open(), await open()];
    await theirs.put({ kind: "session", id: "s", owner: "alice", value: "theirs" });
    expect(await mine.get("session", "s")).toBeUndefined();
    expect(await mine.ofOwner("alice")).toEqual([]);
    expect(await mine.removeOwner("alice")).toBe(0);
    await mine.put({ kind: "session", id: "s", owner: "alice", value: "mine" });
    await mine.remove("session", "s");
    expect((await theirs.get("session", "s"))?.value).toBe("theirs");
  });

  test("with quotes and signs in their names are records like others", async () => {
    const store = await open();
    const id = `'; DROP TABLE bff.consumer_record; -- "é`;
    await store.put({ kind: "turn", id, owner: id, value: { it: "'" } });
    expect((await store.get("turn", id))?.value).toEqual({ it: "'" });
  });
});

test("PostgreSQL itself shows a tenant's connection no row of another, whatever a statement says", async () => {
  const [mine, theirs] = [connections("mine"), connections("theirs")];
  await new PostgresRecords(theirs, "theirs").put({ kind: "session", id: "s", owner: "alice", value: "secret" });
  const impostor = new PostgresRecords(mine, "theirs");
  expect(await impostor.get("session", "s")).toBeUndefined();
  expect((await mine.query("SELECT * FROM consumer_bff.record")).rows).toEqual([]);
  await expect(impostor.put({ kind: "session", id: "x", value: 1 })).rejects.toThrow(/row-level security/);
  await expect(mine.query("SELECT * FROM business.customers")).rejects.toThrow();
});

test("a name that is no tenant's opens nothing", () => {
  expect(() => connections("a -c consumer_bff.tenant=theirs")).toThrow(TypeError);
});

test("the table can be prepared again", async () => {
  await expect(database.asAdmin("postgres", prepareConsumerDatabase)).resolves.toBeUndefined();
});

test("more of an owner's records than DynamoDB answers with at once are found and removed, and leave nothing", async () => {
  await tables.make("sessions-many");
  const store = new DynamoRecords(dynamo, "sessions-many", () => at);
  for (let i = 0; i < 130; i++) await store.put({ kind: "turn", id: String(i), owner: "alice", value: i });
  const found = await store.ofOwner("alice");
  expect(found.map((it) => it.value)).toEqual(Array.from({ length: 130 }, (_, i) => i));
  expect(await store.removeOwner("alice")).toBe(130);
  expect(await tables.keysOf("sessions-many")).toEqual([]);
});
