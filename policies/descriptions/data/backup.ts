import type { Descriptions } from "../description.ts";
import { NAME, SCHEDULE } from "../reasons.ts";

const AGE = "How long copies are kept; the databases keep backups of their own for as long as a rule asks.";

/** AWS Backup. What is backed up is said by selections, which are not described: one by tags may take in another tenant's stores. */
export const BACKUP: Descriptions = {
  "aws:backup/plan:Plan": {
    read: ["region", "rules.copyActions.destinationVaultArn", "rules.targetVaultName", "tags"],
    inert: {
      name: NAME,
      "rules.completionWindow": SCHEDULE,
      "rules.copyActions.lifecycle": AGE,
      "rules.lifecycle": AGE,
      "rules.ruleName": NAME,
      "rules.schedule": SCHEDULE,
      "rules.startWindow": SCHEDULE,
    },
  },
  "aws:backup/vault:Vault": {
    read: ["kmsKeyArn", "name", "region", "tags"],
    accepts: { forceDestroy: [false] },
  },
};
