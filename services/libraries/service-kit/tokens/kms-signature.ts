import { SignCommand } from "@aws-sdk/client-kms";
import type { KMSClient } from "@aws-sdk/client-kms";
import type { Certify } from "./context-delegation.ts";

/** Bytes of r and of s, for P-256. */
const NUMBER_BYTES = 32;

/** `Certify` by an asymmetric KMS key (`ECC_NIST_P256`); for 4,096 bytes at most, which is what KMS takes. */
export function kmsSignature(client: KMSClient, keyArn: string): Certify {
  return async (bytes) => {
    const { Signature } = await client.send(
      new SignCommand({ KeyId: keyArn, Message: bytes, MessageType: "RAW", SigningAlgorithm: "ECDSA_SHA_256" }),
    );
    if (Signature === undefined) throw new Error("KMS answered without a signature");
    return plain(Buffer.from(Signature));
  };
}

/** KMS answers in DER (a sequence of two integers); a JWS has the numbers side by side. */
function plain(der: Buffer): Buffer {
  const [tag, length] = der;
  if (tag !== 0x30 || length !== der.length - 2) throw new Error("KMS answered with no signature of P-256");
  const r = integerAt(der, 2);
  const s = integerAt(der, r.end);
  if (s.end !== der.length) throw new Error("KMS answered with more than a signature");
  return Buffer.concat([r.bytes, s.bytes]);
}

function integerAt(der: Buffer, start: number): { readonly bytes: Buffer; readonly end: number } {
  const end = start + 2 + (der[start + 1] ?? 0);
  const digits = der.subarray(start + 2, end);
  const value = digits[0] === 0 ? digits.subarray(1) : digits;
  if (der[start] !== 0x02 || end > der.length || value.length > NUMBER_BYTES) {
    throw new Error("KMS answered with no signature of P-256");
  }
  return { bytes: Buffer.concat([Buffer.alloc(NUMBER_BYTES - value.length), value]), end };
}
