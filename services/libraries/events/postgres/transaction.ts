import type { ClientBase, Pool } from "pg";

/** A client inside a transaction. */
export type Transaction = Pick<ClientBase, "query">;

/** Runs `work` in one transaction, which is undone if `work` throws. */
export async function inTransaction<Result>(
  pool: Pool,
  work: (client: Transaction) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  // A connection that breaks fails the statement under way, and the pool drops it on release.
  const ignore = (): void => undefined;
  client.on("error", ignore);
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch(ignore);
    throw error;
  } finally {
    client.off("error", ignore);
    client.release();
  }
}
