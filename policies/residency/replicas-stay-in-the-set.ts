import { CONTROL } from "../engine/frameworks.ts";
import { COPIES } from "../facts/residency/copies.ts";
import { isGoverned, mayBeIn, residencyIn } from "../facts/geography.ts";
import { rule } from "../engine/rule.ts";
import { every } from "../engine/three-values.ts";

export const replicasStayInTheSet = rule({
  premise: "residency",
  id: "replicas-stay-in-the-set",
  severity: "critical",
  description:
    "Copies of keys, secrets, tables, databases, buckets, images, logs and backups go to the other region of the residency's set only, and come from there only.",
  remediation: "Name the standby region of the set as the destination, or none where the set has one region.",
  frameworks: [CONTROL.gdprTransfers, CONTROL.isoPrivacy, CONTROL.soc2Transmission],
  subjects: { types: Object.keys(COPIES), where: (_, stack) => isGoverned(stack) },
  judge: (it, stack) => {
    const residency = residencyIn(stack);
    return every(COPIES[it.type]?.(it, stack) ?? [], (region) => mayBeIn(region(), residency))
      ? undefined
      : `"${it.name}" must be copied only within the regions of the residency "${residency}".`;
  },
});
