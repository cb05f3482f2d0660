import { type Exemption, readExemptions } from "./exemption.ts";

/**
 * What the shipped environments are exempt from: nothing. `plan`, `up`, `judge` and the policy pack read it here and nowhere else, so
 * whoever owns `policies/` agrees to each.
 */
export const EXEMPTIONS: readonly Exemption[] = readExemptions([]);
