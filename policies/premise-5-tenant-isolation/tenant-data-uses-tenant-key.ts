import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import { rule } from "../engine/rule.ts";
import { every } from "../engine/three-values.ts";
import { KEY_INPUT, tenantOf, tenantOfKey } from "../facts/tenancy.ts";

const KEYS: readonly string[] = [TYPE.key, TYPE.replicaKey];

export const tenantDataUsesTenantKey = rule({
  premise: 5,
  id: "tenant-data-uses-tenant-key",
  severity: "critical",
  description: "A tenant's data is encrypted with that tenant's own KMS key.",
  remediation: "Pass the `arn` of the key of the same tenant; set `storageEncrypted` of a database.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoCryptography, CONTROL.pciDataAtRest, CONTROL.gdprSecurity],
  // A resource without a tenant tag in a tenant's stack belongs to that tenant; `tenant-resources-are-tagged` forbids it.
  subjects: { types: Object.keys(KEY_INPUT), where: (it, stack) => tenantOf(it, stack) !== undefined },
  judge: [
    (it) =>
      it.type !== TYPE.database || it.flag("storageEncrypted") === true
        ? undefined
        : `"${it.name}" must encrypt its storage.`,
    (it, stack) => {
      const input = KEY_INPUT[it.type] ?? "";
      const tenant = tenantOf(it, stack);
      const message = `"${it.name}" must be encrypted with the key of tenant "${tenant ?? ""}".`;
      if (!it.has(input)) return message;
      const keys = stack.linked(it, input).filter(({ type }) => KEYS.includes(type));
      return keys.length > 0 && every(keys, (key) => tenantOfKey(key) === tenant) ? undefined : message;
    },
  ],
});
