import { generateKeyPairSync } from "node:crypto";
import { type Certify, certifyWith } from "../../../services/libraries/service-kit/tokens/context-delegation.ts";

/** What a tenant's signing key in AWS KMS is in the cloud: it certifies here, and everybody may know its public half. */
export interface LocalKey {
  readonly certify: Certify;
  /** SPKI in PEM. */
  readonly publicKeys: string;
}

/** Makes a key pair on P-256 that nobody is shown the private half of. */
export function localKey(): LocalKey {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return { certify: certifyWith(privateKey), publicKeys: publicKey.export({ format: "pem", type: "spki" }).toString() };
}
