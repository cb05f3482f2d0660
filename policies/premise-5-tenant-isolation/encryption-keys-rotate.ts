import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import { rule } from "../engine/rule.ts";

/** What AWS makes where nothing else is asked for, and the one kind of key that it rotates. */
const SYMMETRIC = "SYMMETRIC_DEFAULT";
const MOST_DAYS = 365;

export const encryptionKeysRotate = rule({
  premise: 5,
  id: "encryption-keys-rotate",
  severity: "high",
  description: "The material of every key that encrypts data is replaced at least once a year.",
  remediation: "Set `enableKeyRotation`, and no `rotationPeriodInDays` above 365.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoCryptography, CONTROL.pciDataAtRest, CONTROL.gdprSecurity],
  subjects: { types: [TYPE.key], where: (it) => (it.text("customerMasterKeySpec") ?? SYMMETRIC) === SYMMETRIC },
  foreign: "all",
  judge: (it) => {
    const rotates = it.flag("enableKeyRotation") === true && (it.number("rotationPeriodInDays") ?? 0) <= MOST_DAYS;
    return rotates ? undefined : `"${it.name}" must be rotated every year.`;
  },
});
