import { backupsSurviveARegion } from "../../../../policies/premise-5-tenant-isolation/backups/backups-survive-a-region.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { planOf } from "../../programs.ts";
import { backups } from "./backup-programs.ts";

const ELSEWHERE = "arn:aws:backup:eu-central-1:111122223333:backup-vault:another";
const MESSAGE = '"plan" must copy each backup to a vault of its stack in eu-central-1.';

testRule(backupsSurviveARegion, {
  accepts: { "a plan that copies to the standby": () => backups() },
  rejects: {
    "a plan that copies nothing": [() => backups({ isCopied: false }), MESSAGE],
    "a plan that copies within its region": [() => backups({ copyRegion: "eu-west-1" }), MESSAGE],
    "a plan that copies out of the set": [() => backups({ copyRegion: "us-east-1" }), MESSAGE],
    "a plan that copies to a vault which nobody declares": [
      planOf({
        type: "aws:backup/plan:Plan",
        name: "plan",
        inputs: { rules: [{ copyActions: [{ destinationVaultArn: ELSEWHERE }] }] },
      }),
      MESSAGE,
    ],
  },
});

testRule(
  backupsSurviveARegion,
  { accepts: { "a plan of a set of one region": () => backups({ isCopied: false }) }, rejects: {} },
  { stack: "production.sa-east-1.lumina-sa" },
);
