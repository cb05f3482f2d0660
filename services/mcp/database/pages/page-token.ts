import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { DatabaseProblem } from "../database-problem.ts";

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** What a page belongs to: a token opens for exactly this. */
export interface PageOf {
  readonly tenantId: string;
  readonly sql: string;
  readonly parameters: readonly unknown[];
  readonly order: unknown;
}

/** Where a page ended, sealed: nobody can read or change it, or use it as another tenant or in another query. */
export function pageToken(key: Buffer, page: PageOf, after: readonly string[]): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, iv, { authTagLength: TAG_BYTES }).setAAD(bindingOf(page));
  const sealed = Buffer.concat([cipher.update(JSON.stringify(after), "utf8"), cipher.final()]);
  return Buffer.concat([iv, sealed, cipher.getAuthTag()]).toString("base64url");
}

/** The key values after which the next page begins. */
export function openPageToken(key: Buffer, page: PageOf, token: string): readonly string[] {
  try {
    const bytes = Buffer.from(token, "base64url");
    if (bytes.toString("base64url") !== token) throw new TypeError("not base64url");
    const iv = bytes.subarray(0, IV_BYTES);
    const tag = bytes.subarray(-TAG_BYTES);
    const decipher = createDecipheriv("aes-256-gcm", key, iv, { authTagLength: TAG_BYTES });
    decipher.setAAD(bindingOf(page)).setAuthTag(tag);
    const opened = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
    return JSON.parse(opened.toString("utf8")) as readonly string[];
  } catch (cause) {
    const message = "cursor is not one that this query was given; begin without a cursor";
    throw new DatabaseProblem("ERR_CURSOR_INVALID", message, { field: "cursor", cause });
  }
}

function bindingOf({ tenantId, sql, parameters, order }: PageOf): Buffer {
  return createHash("sha256")
    .update(JSON.stringify([tenantId, sql, parameters, order]))
    .digest();
}
