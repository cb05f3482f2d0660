import { createHmac, timingSafeEqual } from "node:crypto";
import { ApiProblem } from "../../library/api-problem.ts";

/** Hands values to partners which come back unchanged, and from the partner that was given them, or not at all. */
export interface Sealer {
  /** A text for one partner and one purpose, of URL-safe characters. */
  seal(partnerId: string, purpose: string, value: string): string;
  /** The value; throws `ApiProblem` 400 for a text that was not made for this partner and purpose. */
  open(partnerId: string, purpose: string, text: string): string;
}

/** Makes a sealer with a secret of at least 32 bytes; what is sealed can be read by its holder, and by nobody changed. */
export function sealer(secret: Buffer): Sealer {
  if (secret.length < 32) throw new TypeError("the secret must have at least 32 bytes");
  const tagOf = (...parts: readonly string[]): Buffer =>
    createHmac("sha256", secret).update(JSON.stringify(parts)).digest().subarray(0, 16);
  return {
    seal: (partnerId, purpose, value) =>
      Buffer.concat([tagOf(partnerId, purpose, value), Buffer.from(value)]).toString("base64url"),
    open: (partnerId, purpose, text) => {
      const bytes = Buffer.from(text, "base64url");
      const value = bytes.subarray(16).toString();
      const tag = bytes.subarray(0, 16);
      if (tag.length === 16 && timingSafeEqual(tag, tagOf(partnerId, purpose, value))) return value;
      throw new ApiProblem("bad-request", `this is no ${purpose} of yours`);
    },
  };
}
