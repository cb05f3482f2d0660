import { CONTROL } from "../engine/frameworks.ts";
import { byOutput, referenceOf, referred } from "../facts/reference.ts";
import { TYPE } from "../facts/resource-types.ts";
import { rule } from "../engine/rule.ts";
import { tenantOfKey } from "../facts/tenancy.ts";

/** The inputs by which a program would know a password, of a cluster and of an instance. */
const PASSWORDS = ["masterPassword", "masterPasswordWo", "password", "passwordWo"];

const KEYS = byOutput([TYPE.key, TYPE.replicaKey], "arn", "keyId");

export const databasesKnowNoPasswords = rule({
  premise: 8,
  id: "databases-know-no-passwords",
  severity: "critical",
  description: "Services log in to databases by IAM, and nobody ever sees the administrator's password.",
  remediation:
    "Enable IAM authentication, and let Amazon RDS manage the administrator's password under the tenant's key.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoAuthentication, CONTROL.pciAuthentication],
  subjects: { types: [TYPE.database, TYPE.databaseInstance] },
  judge: [
    (it) =>
      it.flag("iamDatabaseAuthenticationEnabled") === true
        ? undefined
        : `"${it.name}" must let IAM decide who logs in.`,
    (it) =>
      it.flag("manageMasterUserPassword") === true && !PASSWORDS.some((input) => it.has(input))
        ? undefined
        : `"${it.name}" must leave the administrator's password to Amazon RDS.`,
    (it, stack) => {
      const key = referred(referenceOf(it, "masterUserSecretKmsKeyId"), KEYS, stack);
      return key !== undefined && tenantOfKey(key) === stack.tenant
        ? undefined
        : `"${it.name}" must keep the administrator's password under the key of its own tenant.`;
    },
  ],
});
