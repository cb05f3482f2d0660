import { createHash } from "node:crypto";
import { DatabaseProblem } from "./database-problem.ts";
import type { TenantTransaction } from "./tenancy/session.ts";

/** For how long a key is remembered. */
const RETENTION = "24 hours";

/**
 * Does `work` once per key and tenant, and where callers see rows of their own alone, once per key and caller: the same key with the same request gets the first answer again, with another
 * request it is refused. A second call with the same key waits until the first has ended, since the key is its row.
 */
export async function oncePerKey<Answer>(
  transaction: TenantTransaction,
  given: string,
  request: unknown,
  work: () => Promise<Answer>,
): Promise<{ readonly answer: Answer; readonly isReplay: boolean }> {
  const key = keyOf(transaction, given);
  const fingerprint = createHash("sha256")
    .update(JSON.stringify(sorted(request)))
    .digest("hex");
  await transaction.run(`DELETE FROM app.idempotency WHERE created_at < now() - interval '${RETENTION}'`);
  const claim = "INSERT INTO app.idempotency (key, fingerprint) VALUES ($1, $2) ON CONFLICT DO NOTHING";
  const { rowCount } = await transaction.run(claim, [key, fingerprint]);
  if (rowCount === 0) return { answer: await firstAnswer<Answer>(transaction, key, fingerprint), isReplay: true };
  const answer = await work();
  await transaction.run("UPDATE app.idempotency SET answer = $2 WHERE key = $1", [key, JSON.stringify(answer)]);
  return { answer, isReplay: false };
}

/** What one caller was answered may hold rows that another does not see. */
function keyOf({ rights: { sees, ids, role } }: TenantTransaction, key: string): string {
  if (sees === "all" && role === "mcp_writer") return key;
  const whose = createHash("sha256")
    .update(JSON.stringify([sees, ids.toSorted(), role]))
    .digest("hex");
  return `${whose} ${key}`;
}

async function firstAnswer<Answer>(transaction: TenantTransaction, key: string, fingerprint: string): Promise<Answer> {
  const { rows } = await transaction.run("SELECT fingerprint, answer FROM app.idempotency WHERE key = $1", [key]);
  const [known, answer] = rows[0] ?? [];
  if (known !== fingerprint || typeof answer !== "string")
    throw new DatabaseProblem("ERR_IDEMPOTENCY_CONFLICT", "the idempotency key was used for another request", {
      field: "idempotencyKey",
    });
  return JSON.parse(answer) as Answer;
}

/** The same request is the same text, in whatever order its members came. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([name, it]) => [name, sorted(it)]);
}
