import { generateKeyPairSync } from "node:crypto";
import { certifyWith, type Certify } from "../../services/libraries/service-kit/tokens/context-delegation.ts";

/** What a tenant's KMS key is in the cloud: the one who can be asked to certify, and what everybody may know. */
export interface TenantKey {
  readonly certify: Certify;
  /** SPKI in PEM. */
  readonly publicKeys: string;
}

/** Makes a real key pair. */
export function tenantKey(): TenantKey {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return { certify: certifyWith(privateKey), publicKeys: publicKey.export({ format: "pem", type: "spki" }).toString() };
}
