import type { BffScenario } from "./hosts.ts";

/** The name of a BFF: of its pods, its images, its resources, and in its records. */
export function bffName<Of extends BffScenario>(scenario: Of): `bff-${Of}` {
  return `bff-${scenario}`;
}
