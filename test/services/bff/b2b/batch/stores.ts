import { DeleteObjectCommand, ListObjectsV2Command, NoSuchBucket, type S3Client } from "@aws-sdk/client-s3";
import type { EmbeddedPostgres } from "../../../../../sandbox/data-plane/database/embedded-postgres.ts";
import { DynamoJobStore } from "../../../../../services/bff/b2b/batch/jobs/cloud/dynamo-job-store.ts";
import { JobObjects } from "../../../../../services/bff/b2b/batch/jobs/cloud/job-objects.ts";
import type { JobStore } from "../../../../../services/bff/b2b/batch/jobs/job.ts";
import { PostgresJobStore } from "../../../../../services/bff/b2b/batch/jobs/postgres-job-store.ts";
import { DynamoOutbox } from "../../../../../services/libraries/events/dynamo/dynamo-outbox.ts";
import type { EventSigner } from "../../../../../services/libraries/events/event-signature.ts";
import { KeyedItems } from "../../../../../services/libraries/keyed-items/keyed-items.ts";
import type { keyedTables } from "../../../../support/tables/keyed-tables.ts";
import type { testStorage } from "../../../mcp/files/files-fixture.ts";
import type { TenantFixture } from "../partner-fixture.ts";

/** What jobs of one tenant are kept in, and what a test looks at beside that. */
export interface BatchStores {
  readonly store: JobStore;
  /** Lets the pause of a job end that was released. */
  readonly soon: () => Promise<void>;
  /** Lets time pass for all jobs. */
  readonly pass: (ms: number) => Promise<void>;
  /** How many pieces of files are kept. */
  readonly pieces: () => Promise<number>;
  /** The events that wait for the bus. */
  readonly events: () => Promise<readonly unknown[]>;
  readonly clear: () => Promise<void>;
}

/** Jobs in PostgreSQL. */
export function postgresStores({ pool }: TenantFixture, signer: EventSigner, server: EmbeddedPostgres): BatchStores {
  const times = ["touched_at", "ended_at"].map((it) => `${it} = ${it} - $1 * interval '1 millisecond'`).join(", ");
  return {
    store: new PostgresJobStore(pool, signer),
    soon: async () => {
      await pool.query("UPDATE partner_bff.batch_jobs SET due_at = now() WHERE lease IS NULL");
    },
    pass: async (ms) => {
      await pool.query(`UPDATE partner_bff.batch_jobs SET ${times}`, [ms]);
    },
    pieces: async () => {
      const { rows } = await pool.query<{ count: string }>("SELECT count(*) FROM partner_bff.batch_files");
      return Number(rows[0]?.count);
    },
    events: async () => {
      const { rows } = await pool.query<{ event: string }>("SELECT event FROM events.outbox");
      return rows.map(({ event }) => JSON.parse(event) as unknown);
    },
    clear: () =>
      server.asAdmin("postgres", async (client) => {
        await client.query("TRUNCATE partner_bff.batch_jobs, events.outbox, effect CASCADE");
      }),
  };
}

interface Cloud {
  readonly tables: Awaited<ReturnType<typeof keyedTables>>;
  readonly storage: Awaited<ReturnType<typeof testStorage>>;
  /** Unique. */
  readonly name: string;
}

/** Jobs in DynamoDB and S3. */
export function dynamoStores(
  { pool }: TenantFixture,
  signer: EventSigner,
  { tables, storage, name }: Cloud,
): BatchStores {
  const items = new KeyedItems(tables.client, name);
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const objects = storage.client;
  const pass = (ms: number) => Promise.resolve(void (ahead += ms));
  return {
    store: new DynamoJobStore({
      ...{ items, signer, now },
      objects: new JobObjects(objects, name),
      outbox: new DynamoOutbox(items),
    }),
    soon: () => pass(1_000),
    pass,
    pieces: async () => (await keysOf(objects, name)).filter((it) => it.includes("/file/")).length,
    events: async () => {
      const waiting = (await tables.itemsOf(name)).filter((it) => it["key"]?.["S"] === "outbox");
      return waiting.map((it) => JSON.parse(String(it["event"]?.["S"])) as unknown);
    },
    clear: async () => {
      await tables.empty(name);
      await emptied(objects, name);
      await pool.query("DELETE FROM effect");
    },
  };
}

async function keysOf(client: S3Client, Bucket: string): Promise<readonly string[]> {
  try {
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
    return Contents.flatMap((it) => it.Key ?? []);
  } catch (error) {
    if (error instanceof NoSuchBucket) return [];
    throw error;
  }
}

async function emptied(client: S3Client, Bucket: string): Promise<void> {
  for (const Key of await keysOf(client, Bucket)) await client.send(new DeleteObjectCommand({ Bucket, Key }));
}
