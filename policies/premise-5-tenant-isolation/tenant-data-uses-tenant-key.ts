import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import { rule } from "../engine/rule.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { byOutput, referred } from "../facts/reference.ts";
import { ENCRYPTION, tenantOf, tenantOfKey } from "../facts/tenancy.ts";

export const tenantDataUsesTenantKey = rule({
  premise: 5,
  id: "tenant-data-uses-tenant-key",
  severity: "critical",
  description: "A tenant's data is encrypted with that tenant's own KMS key.",
  remediation: "Pass the `arn` of the key of the same tenant; switch encryption on where that is a setting of its own.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoCryptography, CONTROL.pciDataAtRest, CONTROL.gdprSecurity],
  subjects: { types: Object.keys(ENCRYPTION), where: (it, stack) => tenantOf(it, stack) !== undefined },
  judge: [
    (it) => {
      const [path, value] = ENCRYPTION[it.type]?.on ?? [];
      const isOn = path === undefined || String(it.at(path)) === value;
      return isOn ? undefined : `"${it.name}" must encrypt its storage.`;
    },
    (it, stack) => {
      const tenant = tenantOf(it, stack);
      return keyOf(it, stack) === tenant
        ? undefined
        : `"${it.name}" must be encrypted with the key of tenant "${tenant ?? ""}".`;
    },
  ],
});

/** The tenant whose key of the same stack encrypts a store. */
function keyOf(it: ResourceView, stack: StackIndex): string | undefined {
  const path = ENCRYPTION[it.type]?.key ?? "";
  const named = { of: it, input: path.split(".")[0] ?? path, read: () => it.text(path) };
  const key = referred(named, byOutput([TYPE.key, TYPE.replicaKey], "arn", "keyId", "id"), stack);
  return key && tenantOfKey(key);
}
