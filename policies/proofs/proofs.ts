import type { Proof } from "../engine/proof.ts";
import { LIVENESS } from "./liveness/liveness.ts";

/** Every proof. */
export const PROOFS: readonly Proof[] = [...LIVENESS];
