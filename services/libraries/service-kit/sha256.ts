import { createHash, createHmac } from "node:crypto";

/** SHA-256, and HMAC with it (RFC 2104), as `SignatureV4` asks for it; what is signed is given in one go. */
export class Sha256 {
  private readonly hash: ReturnType<typeof createHash | typeof createHmac>;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    const key = secret instanceof ArrayBuffer ? new Uint8Array(secret) : secret;
    this.hash = key === undefined ? createHash("sha256") : createHmac("sha256", key as string | Uint8Array);
  }

  update(chunk: Uint8Array): void {
    this.hash.update(chunk);
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.hash.digest());
  }

  reset(): never {
    throw new TypeError("a signature is made in one go");
  }
}
