import { createECDH, createHash, createPublicKey } from "node:crypto";
import type { Caller } from "../cloud/caller.ts";
import { CloudError } from "../cloud/errors.ts";
import type { Values } from "../wire.ts";

/** What `aws.kms.getPublicKey` answers: a P-256 public key that depends on the key's id alone. Throws `CloudError` for what is no key id or ARN. */
export function publicKey(args: Values, { account, region }: Caller): Values {
  const asked = typeof args["keyId"] === "string" ? args["keyId"] : "";
  const place = typeof args["region"] === "string" ? args["region"] : region;
  const arn = asked.startsWith("arn:") ? asked : `arn:aws:kms:${place}:${account}:key/${asked}`;
  const id = /^arn:aws:kms:[a-z0-9-]+:\d{12}:key\/([a-zA-Z0-9-]+)$/.exec(arn)?.[1];
  if (id === undefined)
    throw new CloudError("InvalidArgument", `keyId must be the id or the ARN of a key, not "${asked}"`, "keyId");
  const key = createPublicKey({ key: { kty: "EC", crv: "P-256", ...pointOf(id) }, format: "jwk" });
  return {
    id: arn,
    arn,
    keyId: asked,
    region: place,
    keyUsage: "SIGN_VERIFY",
    customerMasterKeySpec: "ECC_NIST_P256",
    signingAlgorithms: ["ECDSA_SHA_256"],
    encryptionAlgorithms: [],
    publicKey: key.export({ type: "spki", format: "der" }).toString("base64"),
    publicKeyPem: String(key.export({ type: "spki", format: "pem" })),
  };
}

function pointOf(id: string): { readonly x: string; readonly y: string } {
  const curve = createECDH("prime256v1");
  curve.setPrivateKey(createHash("sha256").update(`sandbox signing key ${id}`).digest());
  const point = curve.getPublicKey();
  return { x: point.subarray(1, 33).toString("base64url"), y: point.subarray(33).toString("base64url") };
}
