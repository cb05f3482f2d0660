import { backupsAreKept } from "../../../../policies/premise-5-tenant-isolation/backups/backups-are-kept.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { backups } from "./backup-programs.ts";

const DAYS = '"plan" must keep each backup and each copy for 35 to 90 days.';
const DAILY = '"plan" must back up every day.';

testRule(backupsAreKept, {
  accepts: {
    "backups of every day, kept for 35 days": () => backups(),
    "backups that are kept until the last day": () => backups({ rule: { lifecycle: { deleteAfter: 90 } } }),
    "backups every six hours": () => backups({ rule: { schedule: "cron(0 0/6 * * ? *)" } }),
  },
  rejects: {
    "backups of a week": [() => backups({ rule: { lifecycle: { deleteAfter: 7 } } }), DAYS],
    "backups of a year, of data that was erased": [() => backups({ rule: { lifecycle: { deleteAfter: 365 } } }), DAYS],
    "backups for ever": [() => backups({ rule: { lifecycle: {} } }), DAYS],
    "copies of a week": [() => backups({ copyDays: 7 }), DAYS],
    "copies of a year": [() => backups({ copyDays: 365 }), DAYS],
    "backups of one day a week": [() => backups({ rule: { schedule: "cron(0 3 ? * SUN *)" } }), DAILY],
    "backups of one year": [() => backups({ rule: { schedule: "cron(0 3 * * ? 2030)" } }), DAILY],
    "backups at the rate that AWS takes": [() => backups({ rule: { schedule: undefined } }), DAILY],
  },
});
