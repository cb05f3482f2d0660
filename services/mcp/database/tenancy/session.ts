import type { PoolClient, QueryArrayConfig } from "pg";
import type { CallerRights } from "./caller-rights.ts";
import { DatabaseProblem } from "../database-problem.ts";

/** The rows of a statement as PostgreSQL prints them. */
export interface TextResult {
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
  readonly rows: readonly (readonly (string | null)[])[];
  readonly rowCount: number;
}

/** A transaction that is bound to one tenant. */
export interface TenantTransaction {
  readonly tenantId: string;
  readonly rights: CallerRights;
  /** Runs one statement; the extended protocol admits no second. */
  run(text: string, values?: readonly unknown[]): Promise<TextResult>;
}

/** Every value stays the text that the server sends: what becomes of it is decided by whoever knows its type. */
const AS_TEXT = { getTypeParser: () => (value: string) => value };

/** Runs one statement through the extended protocol, even without values. */
export async function runText(client: PoolClient, text: string, values: readonly unknown[] = []): Promise<TextResult> {
  const config: QueryArrayConfig & { readonly queryMode: "extended" } = {
    text,
    values: [...values],
    rowMode: "array",
    types: AS_TEXT,
    queryMode: "extended",
  };
  const result = await client.query<(string | null)[]>(config);
  return { fields: result.fields, rows: result.rows, rowCount: result.rowCount ?? 0 };
}

/**
 * Breaks a connection that has received more than `limit` bytes since the last reset: a single value may be as large as a
 * gigabyte, and the driver would keep all of it before anybody could count.
 */
export function meterOf(
  client: PoolClient,
  limit: number,
): { readonly fault: () => DatabaseProblem | undefined; stop(): void } {
  const { stream } = (
    client as unknown as { connection: { stream: NodeJS.ReadableStream & { destroy(error: Error): void } } }
  ).connection;
  let received = 0;
  let fault: DatabaseProblem | undefined;
  const count = (chunk: Buffer): void => {
    received += chunk.length;
    if (received <= limit || fault !== undefined) return;
    fault = new DatabaseProblem("ERR_RESULT_TOO_LARGE", "the result is too large; ask for fewer or smaller columns");
    stream.destroy(fault);
  };
  stream.on("data", count);
  return { fault: () => fault, stop: () => stream.off("data", count) };
}
