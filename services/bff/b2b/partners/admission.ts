import { type DigestKey, newApiKey } from "./api-key.ts";
import type { PartnerScope } from "../../../../contracts/bff/partner-access.ts";
import { type PartnerAccount, type PartnerStore, PartnerStoreError } from "./partner-store.ts";

/** An API key as it is shown to whoever asked for it, once. */
export interface IssuedKey {
  readonly id: string;
  readonly key: string;
}

/** How long the key before is still good while a partner changes to the next, unless it is said otherwise: a week. */
export const OVERLAP_MS = 7 * 86_400_000;

/** Admits a partner with a first API key. Throws `PartnerStoreError` for an id that is taken. */
export async function admitPartner(
  store: PartnerStore,
  by: DigestKey,
  { account, scopes }: { readonly account: PartnerAccount; readonly scopes: readonly PartnerScope[] },
): Promise<IssuedKey> {
  await store.admit(account);
  const { key, id, digest } = newApiKey(by);
  await store.add({ kind: "api-key", id, partnerId: account.id, scopes, digest });
  return { id, key };
}

/** Gives a partner another API key with the scopes of its newest; those before end after `overlapMs`. Throws `PartnerStoreError` if it has none. */
export async function rotateKey(
  store: PartnerStore,
  by: DigestKey,
  { partnerId, overlapMs = OVERLAP_MS, now = Date.now }: RotationOptions,
): Promise<IssuedKey> {
  const partner = (await store.list()).find((it) => it.account.id === partnerId);
  const newest = partner?.credentials.filter((it) => it.kind === "api-key" && it.revokedAt === undefined).at(-1);
  if (newest === undefined) throw new PartnerStoreError(`${partnerId} has no API key that could be rotated`);
  const { key, id, digest } = newApiKey(by);
  const { scopes } = newest;
  await store.add({ kind: "api-key", id, partnerId, scopes, digest }, new Date(now() + overlapMs));
  return { id, key };
}

/** Whose key is rotated, and for how long the one before is still good. */
export interface RotationOptions {
  readonly partnerId: string;
  readonly overlapMs?: number;
  readonly now?: () => number;
}
