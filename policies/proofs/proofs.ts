import type { Proof } from "../engine/proof.ts";

/** Every proof. */
export const PROOFS: readonly Proof[] = [];
