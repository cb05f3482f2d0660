import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import * as z from "zod";

/** Secrets of one endpoint or source as they are kept, the newest last; one with an end is good until then. */
export const keptSecrets = z.array(z.strictObject({ sealed: z.string(), until: z.iso.datetime().optional() })).max(3);

/** See `keptSecrets`. */
export type KeptSecrets = z.output<typeof keptSecrets>;

/** How long the secret before is still good after a rotation, in milliseconds: a day. */
export const OVERLAP_MS = 86_400_000;

const SECRET_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A new secret in the form of Standard Webhooks. */
export function newSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString("base64")}`;
}

/** Keeps secrets so that the store alone does not give them away: AES-256-GCM, bound to whom they belong to. */
export class SecretSeal {
  private readonly key: Buffer;

  /** `key` has 32 bytes, else `TypeError`. */
  constructor(key: Buffer) {
    if (key.length !== 32) throw new TypeError("the key of a seal has 32 bytes");
    this.key = key;
  }

  /** The secret for `owner`, sealed. */
  seal(secret: string, owner: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv("aes-256-gcm", this.key, nonce).setAAD(Buffer.from(owner));
    const sealed = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64");
  }

  /** The secret again; throws if it was changed, or sealed by another key or for another owner. */
  open(text: string, owner: string): string {
    const bytes = Buffer.from(text, "base64");
    const decipher = createDecipheriv("aes-256-gcm", this.key, bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(owner));
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
  }
}

/** Adds a secret; those before end after the overlap, and only the newest of them is still kept. */
export function rotated(kept: KeptSecrets, sealed: string, now: number): KeptSecrets {
  const end = new Date(now + OVERLAP_MS).toISOString();
  const before = kept.filter((it) => isGood(it, now)).slice(-1);
  return [
    ...before.map((it) => ({ ...it, until: it.until === undefined || it.until > end ? end : it.until })),
    { sealed },
  ];
}

/** The secrets that are good now, the newest first. */
export function goodSecrets(kept: KeptSecrets, seal: SecretSeal, owner: string, now: number): readonly string[] {
  return kept
    .filter((it) => isGood(it, now))
    .map((it) => seal.open(it.sealed, owner))
    .toReversed();
}

function isGood({ until }: KeptSecrets[number], now: number): boolean {
  return until === undefined || Date.parse(until) > now;
}
