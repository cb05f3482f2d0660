import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import { rule } from "../engine/rule.ts";
import { tenantOfKey } from "../facts/tenancy.ts";

export const databasesKnowNoPasswords = rule({
  premise: 8,
  id: "databases-know-no-passwords",
  severity: "critical",
  description: "Services log in to databases by IAM, and nobody ever sees the administrator's password.",
  remediation:
    "Enable IAM authentication, and let Amazon RDS manage the administrator's password under the tenant's key.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoAuthentication, CONTROL.pciAuthentication],
  subjects: { types: [TYPE.database] },
  judge: [
    (it) =>
      it.flag("iamDatabaseAuthenticationEnabled") === true
        ? undefined
        : `"${it.name}" must let IAM decide who logs in.`,
    (it) =>
      it.flag("manageMasterUserPassword") === true && !it.has("masterPassword") && !it.has("masterPasswordWo")
        ? undefined
        : `"${it.name}" must leave the administrator's password to Amazon RDS.`,
    (it, stack) => {
      const keys = stack.linked(it, "masterUserSecretKmsKeyId").filter(({ type }) => type === TYPE.key);
      return keys.length > 0 && keys.every((key) => tenantOfKey(key) === stack.tenant)
        ? undefined
        : `"${it.name}" must keep the administrator's password under the key of its own tenant.`;
    },
  ],
});
