import type { Proof } from "../engine/proof.ts";
import { tenantsReachOnlyTheirOwn } from "./tenants-reach-only-their-own.ts";

/** Every proof. */
export const PROOFS: readonly Proof[] = [tenantsReachOnlyTheirOwn];
