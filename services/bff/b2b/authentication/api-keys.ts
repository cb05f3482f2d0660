import { apiKeyId, type DigestKey, hasDigest } from "../partners/api-key.ts";
import type { PartnerStore } from "../partners/partner-store.ts";
import type { CredentialReader } from "./authenticator.ts";
import { unproven } from "./unproven.ts";

/** Compared with where no key is known, so that a known id takes no longer to refuse. */
const NOBODY = Buffer.alloc(32).toString("base64url");

/** Reads API keys from the header `X-API-Key`. */
export function apiKeys(store: PartnerStore, by: DigestKey): CredentialReader {
  if (store.tenantId !== by.tenantId)
    throw new TypeError(`the keys of ${by.tenantId} are not those of ${store.tenantId}`);
  return async ({ headers }) => {
    const key = headers.get("x-api-key");
    if (key === null) return undefined;
    const id = apiKeyId(key);
    if (id === undefined) throw unproven("this is no API key");
    const holder = await store.find("api-key", id);
    if (!hasDigest(key, holder?.credential.digest ?? NOBODY, by) || holder === undefined)
      throw unproven(`the API key ${id} is not known`);
    return holder;
  };
}
