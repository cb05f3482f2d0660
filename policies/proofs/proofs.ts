import type { Proof } from "../engine/proof.ts";
import { flowsStayInTheResidency } from "./flows-stay-in-the-residency.ts";
import { tenantsReachOnlyTheirOwn } from "./tenants-reach-only-their-own.ts";

/** Every proof. */
export const PROOFS: readonly Proof[] = [tenantsReachOnlyTheirOwn, flowsStayInTheResidency];
