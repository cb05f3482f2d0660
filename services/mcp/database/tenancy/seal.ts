import { createHmac } from "node:crypto";
import type { ClientBase } from "pg";

/** What a seal is good for: one transaction of one connection. */
export interface SealedTransaction {
  readonly tenantId: string;
  readonly backend: string;
  /** When it began, in seconds, with all the digits that PostgreSQL prints. */
  readonly began: string;
  /** Who calls, as JSON. */
  readonly caller: string;
}

/** The proof that the service, not some SQL, named the tenant and the caller of a transaction; app.current_tenant() checks it. */
export function tenantSeal(key: Buffer, { tenantId, backend, began, caller }: SealedTransaction): string {
  return createHmac("sha256", key).update([tenantId, backend, began, caller].join("\n")).digest("hex");
}

/** Makes the seals of a key valid; run by whoever migrates, and again with a new key to rotate. */
export async function installSealKey(client: ClientBase, key: Buffer): Promise<void> {
  if (key.length < 32 || key.length > 64) throw new TypeError(`seal key of ${key.length} bytes must have 32 to 64`);
  const pad = (byte: number): Buffer => Buffer.alloc(64, byte).map((it, i) => it ^ (key[i] ?? 0)) as Buffer;
  const values = [pad(0x36), pad(0x5c)].map((it) => Buffer.from(it));
  await client.query("INSERT INTO app.seal_key (inner_pad, outer_pad) VALUES ($1, $2) ON CONFLICT DO NOTHING", values);
}
