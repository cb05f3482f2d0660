import pg from "pg";
import type { Pool, PoolClient, PoolConfig } from "pg";
import type { TenantContext } from "../../../libraries/service-kit/tenant-context.ts";
import { DatabaseProblem, databaseProblem } from "../database-problem.ts";
import { type CallerRights, type Purpose, rightsOf } from "./caller-rights.ts";
import { tenantSeal } from "./seal.ts";
import { meterOf, runText, runTogether, type TenantTransaction } from "./session.ts";
import { TenantSlots } from "./tenant-slots.ts";

/** Where the rows are, and how much of the database one call may take. */
export interface DatabaseSettings {
  readonly connection: PoolConfig;
  readonly sealKey: Buffer;
  readonly maxConnections: number;
  /** How many of them one tenant may hold, so that none starves the others; further calls wait. */
  readonly maxConnectionsPerTenant: number;
  /** For how long a call waits for its turn, and then for a connection. */
  readonly acquireTimeoutMs: number;
  readonly statementTimeoutMs: number;
  /** For everything that one call does. */
  readonly callTimeoutMs: number;
  readonly maxReceivedBytes: number;
}

/** What is to become of a write. */
export interface Outcome<Result> {
  readonly result: Result;
  readonly commit: boolean;
}

const BEGIN = {
  read: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
  write: "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
} as const;

/** The transaction, as a seal names it. */
const WHICH = "SELECT pg_backend_pid(), extract(epoch FROM transaction_timestamp())";
const IDENTIFY =
  "SELECT set_config('app.tenant_id', $1, true), set_config('app.caller', $2, true), set_config('app.tenant_seal', $3, true), set_config('role', $4, true)";

/** How values are printed, and how the scanner of statements may be understood. */
const FORMATS = [
  "search_path = pg_catalog, business, pg_temp",
  "standard_conforming_strings = on",
  "bytea_output = hex",
  "DateStyle = 'ISO, YMD'",
  "IntervalStyle = iso_8601",
  "TimeZone = UTC",
  "extra_float_digits = 1",
];

/** One process per statement, and what a sort or hash takes before it goes to a file: the role may set these, as it may on Amazon Aurora. */
const MEMORY = ["max_parallel_workers_per_gather = 0", "work_mem = '4MB'", "hash_mem_multiplier = 1"];

/** The one pool of connections: each transaction on it belongs to one tenant, and leaves nothing behind. */
export class TenantDatabase {
  private readonly settings: DatabaseSettings;
  private readonly pool: Pool;
  /** Cancels what runs on the other, however busy that is. */
  private readonly control: Pool;
  private readonly slots: TenantSlots;

  constructor(settings: DatabaseSettings, onIdleError: (error: Error) => void) {
    this.settings = settings;
    const { connection, maxConnections: max, acquireTimeoutMs: connectionTimeoutMillis } = settings;
    this.pool = new pg.Pool({ application_name: "mcp-database", ...connection, max, connectionTimeoutMillis });
    this.control = new pg.Pool({ application_name: "mcp-database", ...connection, max: 1, connectionTimeoutMillis });
    this.slots = new TenantSlots(settings.maxConnectionsPerTenant, settings.acquireTimeoutMs);
    for (const it of [this.pool, this.control]) it.on("error", onIdleError);
  }

  /** Runs `work` where nothing can be changed. */
  read<Result>(
    context: TenantContext,
    signal: AbortSignal,
    work: (transaction: TenantTransaction) => Promise<Result>,
  ): Promise<Result> {
    return this.transact(context, signal, "read", async (it) => ({ result: await work(it), commit: false }));
  }

  /** Runs `work`, and keeps what it changed if it says so. */
  write<Result>(
    context: TenantContext,
    signal: AbortSignal,
    work: (transaction: TenantTransaction) => Promise<Outcome<Result>>,
  ): Promise<Result> {
    return this.transact(context, signal, "write", work);
  }

  async close(): Promise<void> {
    await Promise.all([this.pool.end(), this.control.end()]);
  }

  private async transact<Result>(
    context: TenantContext,
    signal: AbortSignal,
    purpose: Purpose,
    work: (transaction: TenantTransaction) => Promise<Outcome<Result>>,
  ): Promise<Result> {
    if (signal.aborted) throw new DatabaseProblem("ERR_STATEMENT_CANCELLED", "the call was cancelled");
    const { tenantId } = context;
    const rights = rightsOf(context, purpose);
    const release = await this.slots.take(tenantId, signal);
    try {
      const client = await this.pool.connect();
      return await this.useConnection(client, signal, async () => {
        await this.begin(client, purpose, { tenantId, rights });
        const { result, commit } = await work({
          tenantId,
          rights,
          run: (text, values) => runText(client, text, values),
        });
        await client.query(commit ? "COMMIT" : "ROLLBACK");
        return result;
      });
    } catch (error) {
      throw databaseProblem(error);
    } finally {
      release();
    }
  }

  /** A connection goes back only if it is as it came: what failed is rolled back and wiped, what broke or was cancelled is dropped. */
  private async useConnection<Result>(
    client: PoolClient,
    signal: AbortSignal,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const ignore = (): void => undefined;
    client.on("error", ignore);
    const meter = meterOf(client, this.settings.maxReceivedBytes);
    const canceller = this.cancelOn(signal, client);
    let isClean = false;
    let hasEnded = false;
    try {
      const result = await work();
      hasEnded = true;
      return result;
    } catch (error) {
      throw canceller.fault() ?? meter.fault() ?? error;
    } finally {
      meter.stop();
      isClean = !(await canceller.stop()) && meter.fault() === undefined && (await wipe(client, hasEnded));
      client.off("error", ignore);
      client.release(!isClean);
    }
  }

  /** One round trip to learn what the seal must cover, one to set it and to step down to the role of the purpose. */
  private async begin(
    client: PoolClient,
    purpose: Purpose,
    { tenantId, rights }: { readonly tenantId: string; readonly rights: CallerRights },
  ): Promise<void> {
    const { statementTimeoutMs, sealKey, callTimeoutMs } = this.settings;
    const settings = [
      ...FORMATS,
      ...MEMORY,
      `statement_timeout = ${statementTimeoutMs}`,
      `lock_timeout = ${statementTimeoutMs}`,
      `idle_in_transaction_session_timeout = ${callTimeoutMs}`,
    ];
    const answers = await runTogether(client, [BEGIN[purpose], ...settings.map((it) => `SET LOCAL ${it}`), WHICH]);
    const [backend, began] = answers.at(-1)?.rows[0] ?? [];
    if (typeof backend !== "string" || typeof began !== "string") throw new TypeError("transaction has no identity");
    const caller = JSON.stringify(rights);
    await runText(client, IDENTIFY, [
      tenantId,
      caller,
      tenantSeal(sealKey, { tenantId, backend, began, caller }),
      rights.role,
    ]);
  }

  private cancelOn(signal: AbortSignal, client: PoolClient) {
    let isLate = false;
    const { processID } = client as unknown as { readonly processID: number };
    let cancelling: Promise<unknown> | undefined;
    const cancel = (): void => {
      cancelling = this.control.query("SELECT pg_cancel_backend($1)", [processID]).catch(() => {
        (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
      });
    };
    const timer = setTimeout(() => {
      isLate = true;
      cancel();
    }, this.settings.callTimeoutMs);
    if (signal.aborted) cancel();
    else signal.addEventListener("abort", cancel, { once: true });
    return {
      fault: () =>
        signal.aborted
          ? new DatabaseProblem("ERR_STATEMENT_CANCELLED", "the call was cancelled")
          : isLate
            ? new DatabaseProblem("ERR_STATEMENT_TIMEOUT", "the call took too long")
            : undefined,
      /** Whether a cancellation was sent: it may yet arrive at whatever this connection runs next. */
      stop: async (): Promise<boolean> => {
        clearTimeout(timer);
        signal.removeEventListener("abort", cancel);
        await cancelling;
        return cancelling !== undefined;
      },
    };
  }
}

/** Ends the transaction unless it has ended, and takes back whatever a session can keep beyond it: settings, advisory locks, temporary tables. */
async function wipe(client: PoolClient, hasEnded: boolean): Promise<boolean> {
  try {
    if (!hasEnded) await client.query("ROLLBACK");
    await client.query("DISCARD ALL");
    return true;
  } catch {
    return false;
  }
}
