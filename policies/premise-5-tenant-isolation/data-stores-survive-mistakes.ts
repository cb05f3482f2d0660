import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { type Fault, rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { absent, every, some } from "../engine/three-values.ts";

const LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const VERSIONING = "aws:s3/bucketVersioning:BucketVersioning";

/** How long backups of a database are kept at least, in days. */
const BACKUP_DAYS = 7;

/** What each type of store must have, so that its data can be restored. */
const SAFE: Readonly<Record<string, (it: ResourceView, stack: StackIndex) => Fault>> = {
  [TYPE.bucket]: (it, stack) => {
    if (it.flag("forceDestroy") === true) return `"${it.name}" must not be destroyed with what is in it.`;
    const isVersioned = some(
      stack.referrers(it, VERSIONING, "bucket"),
      (versioning) => versioning.text("versioningConfiguration.status") === "Enabled",
    );
    return isVersioned ? undefined : absent(`"${it.name}" must keep versions.`);
  },
  [LIFECYCLE]: (it) =>
    every(it.list("rules"), (one) => !one.has("expiration"))
      ? undefined
      : `"${it.name}" must let nothing expire that is current.`,
  [TYPE.database]: survives,
  [TYPE.databaseInstance]: survives,
  [TYPE.table]: (it) => {
    if (it.flag("deletionProtectionEnabled") !== true) return `"${it.name}" must be protected from deletion.`;
    const canBeRestored = it.flag("pointInTimeRecovery.enabled") === true;
    return canBeRestored ? undefined : `"${it.name}" must be restorable to any moment.`;
  },
  [TYPE.userPool]: (it) =>
    it.text("deletionProtection") === "ACTIVE" ? undefined : `"${it.name}" must be protected from deletion.`,
};

/** A cluster of databases, or an instance by itself. */
function survives(it: ResourceView, stack: StackIndex): Fault {
  const isKept = it.flag("deletionProtection") === true && it.flag("skipFinalSnapshot") !== true;
  if (!isKept) return `"${it.name}" must be protected from deletion, and leave a snapshot behind.`;
  // A name that is written down is taken once the database was erased for the first time.
  const isNewName = stack.linked(it, "finalSnapshotIdentifier").length > 0;
  if (!isNewName) return `"${it.name}" must name its last snapshot after what is created with it, to be erased twice.`;
  const days = it.number("backupRetentionPeriod") ?? 0;
  return days >= BACKUP_DAYS ? undefined : `"${it.name}" must keep backups for ${BACKUP_DAYS} days.`;
}

export const dataStoresSurviveMistakes = rule({
  premise: 5,
  id: "data-stores-survive-mistakes",
  severity: "high",
  description: "A tenant's data can be restored after somebody deleted or overwrote it.",
  remediation:
    "Protect the store from deletion; add versions to buckets, point-in-time recovery to tables, and backups to databases.",
  frameworks: [CONTROL.soc2Recovery, CONTROL.isoBackup, CONTROL.gdprSecurity],
  subjects: { types: Object.keys(SAFE), where: (_, stack) => stack.tenant !== undefined },
  judge: (it, stack) => SAFE[it.type]?.(it, stack),
});
