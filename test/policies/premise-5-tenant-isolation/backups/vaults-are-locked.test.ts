import { vaultsAreLocked } from "../../../../policies/premise-5-tenant-isolation/backups/vaults-are-locked.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { backups } from "./backup-programs.ts";

const message = (name: string): string =>
  `"${name}" must be locked: backups in it stay for 35 days at least, and 90 at most.`;

testRule(vaultsAreLocked, {
  accepts: {
    "two vaults, each with a lock in its own region": () => backups(),
    "a lock that is stricter": () => backups({ lock: { minRetentionDays: 40, maxRetentionDays: 60 } }),
    "a lock that nobody can take away": () => backups({ lock: { changeableForDays: 3 } }),
  },
  rejects: {
    "a vault without a lock": [() => backups({ lock: "none" }), message("vault")],
    "copies without a lock": [() => backups({ copyLock: "none" }), message("copies")],
    "a lock that lets backups go after a week": [() => backups({ lock: { minRetentionDays: 7 } }), message("vault")],
    "a lock that says nothing of the least": [
      () => backups({ lock: { minRetentionDays: undefined } }),
      message("vault"),
    ],
    "a lock that keeps what was erased": [() => backups({ lock: { maxRetentionDays: 365 } }), message("vault")],
    "a lock without an end": [() => backups({ copyLock: { maxRetentionDays: undefined } }), message("copies")],
    "a lock of another region's vault of the name": [
      () => backups({ copyLock: { region: "eu-west-1" } }),
      message("copies"),
    ],
    "a lock of another vault": [() => backups({ lock: { backupVaultName: "another" } }), message("vault")],
  },
});
