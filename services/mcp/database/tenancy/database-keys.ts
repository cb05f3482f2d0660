import { randomBytes } from "node:crypto";
import * as z from "zod";

const KEY_BYTES = 32;

const key = z
  .base64()
  .transform((it) => Buffer.from(it, "base64"))
  .refine(({ length }) => length === KEY_BYTES, `must be ${KEY_BYTES} bytes in base64`);

const schema = z.object({ sealKey: key, cursorKey: key });

/** What only the server and its database know. */
export interface DatabaseKeys {
  /** Proves to the database that the service named the tenant. */
  readonly sealKey: Buffer;
  /** Seals the cursors that callers hold. */
  readonly cursorKey: Buffer;
}

/** Reads the text of the secret; throws a `TypeError` that names what is wrong, and nothing of what is in it. */
export function readKeys(text: string): DatabaseKeys {
  const result = schema.safeParse(parsed(text));
  if (result.success) return result.data;
  const faults = result.error.issues.map((it) => [...it.path, it.code].join(" "));
  throw new TypeError(`the secret of the database holds no keys: ${faults.join("; ")}`);
}

/** The text of a secret with new keys. */
export function newKeys(): string {
  const [sealKey, cursorKey] = [randomBytes(KEY_BYTES), randomBytes(KEY_BYTES)].map((it) => it.toString("base64"));
  return JSON.stringify({ sealKey, cursorKey });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
