import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** An API key and what is kept of it. */
export interface NewApiKey {
  /** `alc_<id>_<secret>`: shown once. */
  readonly key: string;
  /** 16 hexadecimal digits, by which the key is found and named. */
  readonly id: string;
  readonly digest: string;
}

/** What digests of a tenant's keys are made with; whoever reads the store alone can neither guess nor copy a key. */
export interface DigestKey {
  readonly tenantId: string;
  /** At least 32 random bytes, kept apart from the store. */
  readonly pepper: Buffer;
}

const KEY = /^alc_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/;

/** Makes an API key of 256 random bits: too many to guess, so its digest need not be slow. */
export function newApiKey(by: DigestKey): NewApiKey {
  const id = randomBytes(8).toString("hex");
  const key = `alc_${id}_${randomBytes(32).toString("base64url")}`;
  return { key, id, digest: apiKeyDigest(key, by) };
}

/** The id in an API key; nothing for a text that is none. */
export function apiKeyId(key: string): string | undefined {
  return KEY.exec(key)?.[1];
}

/** HMAC-SHA-256 of tenant and key in base64url: another tenant's digest of the same key differs. */
export function apiKeyDigest(key: string, { tenantId, pepper }: DigestKey): string {
  if (pepper.length < 32) throw new TypeError("the pepper must have at least 32 bytes");
  return createHmac("sha256", pepper).update(`${tenantId}\n${key}`).digest("base64url");
}

/** Whether a key has a digest, in a time that tells nothing about either. */
export function hasDigest(key: string, digest: string, by: DigestKey): boolean {
  const [made, kept] = [apiKeyDigest(key, by), digest].map((it) => Buffer.from(it, "base64url"));
  return made?.length === kept?.length && timingSafeEqual(made ?? Buffer.of(), kept ?? Buffer.of(0));
}
