import { CONTROL } from "../../engine/frameworks.ts";
import { rule } from "../../engine/rule.ts";
import { every } from "../../engine/three-values.ts";
import { demands, isArnOfOwnAccount } from "../../facts/grants/account.ts";
import { isOfCopier } from "../../facts/grants/copiers.ts";
import { grantsOf } from "../../facts/grants/documents.ts";
import { isPattern } from "../../facts/grants/language/patterns.ts";
import { TYPE } from "../../facts/resource-types.ts";

const COPIES = "backup:CopyFromBackupVault";
const USES = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"];

/** A service in one region, as AWS KMS names who asks through it. */
const SERVICE = /^[a-z0-9-]+\.[a-z0-9-]+\.amazonaws\.com$/;

/** `ForAllValues` is enough: a copy has one target at least (AWS Backup developer guide, "Access control", `backup:CopyTargets`). */
const EXACT = ["ForAllValues:ArnEquals", "ForAllValues:StringEquals", "ArnEquals", "StringEquals"];

export const copiersCopyForTheStackAlone = rule({
  premise: 5,
  id: "copiers-copy-for-the-stack-alone",
  severity: "critical",
  description:
    "The role of a service that copies data copies it to vaults of the account alone, and opens it only for the services that copy.",
  remediation: `Allow ${COPIES} with backup:CopyTargets, and the use of keys with kms:ViaService for services of one region each.`,
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoCryptography, CONTROL.gdprSecurity],
  subjects: { types: [TYPE.rolePolicy], where: (it, stack) => stack.isOurs && isOfCopier(it, stack) },
  judge: [
    (it, stack) => {
      const isOwn = (arn: string): boolean => isArnOfOwnAccount(arn, stack) && !isPattern(arn);
      const copies = grantsOf(it).filter((grant) => grant.covers(COPIES));
      return every(copies, ({ conditions }) => demands(conditions, "backup:CopyTargets", isOwn, EXACT))
        ? undefined
        : `"${it.name}" must allow copies of backups to vaults of its account alone.`;
    },
    (it) => {
      const uses = grantsOf(it).filter((grant) => USES.some((action) => grant.covers(action)));
      const isService = (name: string): boolean => SERVICE.test(name);
      return every(uses, ({ conditions }) => demands(conditions, "kms:ViaService", isService, ["StringEquals"]))
        ? undefined
        : `"${it.name}" must allow the use of keys through the services that copy alone.`;
    },
  ],
});
