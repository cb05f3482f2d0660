import type { Platform } from "../../../engine/platform.ts";
import { backupDuties, restoreDuties } from "./backups.ts";
import { clusterDuties } from "./clusters.ts";
import type { Duty } from "./duty.ts";
import { containerDuties, flowLogDuties } from "./logs.ts";

const ALL: readonly ((platform: Platform) => readonly Duty[])[] = [
  backupDuties,
  clusterDuties,
  containerDuties,
  flowLogDuties,
  restoreDuties,
];

/** What services of AWS do as the roles that resources give to them, beside functions and workloads, of which the code is known. */
export function dutiesOf(platform: Platform): readonly Duty[] {
  return ALL.flatMap((of) => of(platform));
}
