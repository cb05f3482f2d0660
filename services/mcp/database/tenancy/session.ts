import type { PoolClient, QueryArrayConfig, QueryArrayResult } from "pg";
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
  return textResult(await client.query<(string | null)[]>(config));
}

/** Runs statements of our own in one round trip through the simple protocol, and answers the result of each. */
export async function runTogether(client: PoolClient, statements: readonly string[]): Promise<readonly TextResult[]> {
  const config: QueryArrayConfig = { text: statements.join("; "), rowMode: "array", types: AS_TEXT };
  const results = (await client.query<(string | null)[]>(config)) as unknown as readonly QueryArrayResult<
    (string | null)[]
  >[];
  return results.map(textResult);
}

function textResult({ fields, rows, rowCount }: QueryArrayResult<(string | null)[]>): TextResult {
  return { fields, rows, rowCount: rowCount ?? 0 };
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
