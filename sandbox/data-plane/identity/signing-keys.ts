import { randomUUID } from "node:crypto";
import { exportJWK, generateKeyPair } from "jose";
import type { JWK } from "oidc-provider";

/** A key pair of this run, as a provider wants its keys. */
export async function signingKeys(algorithm: "RS256"): Promise<readonly JWK[]> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  return [{ ...(await exportJWK(privateKey)), kid: randomUUID(), alg: algorithm, use: "sig" }];
}
