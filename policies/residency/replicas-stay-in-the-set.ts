import { parseArn } from "../facts/arn.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { isGoverned, mayBeIn, residencyIn } from "../facts/geography.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import { every } from "../engine/three-values.ts";
import type { Value } from "../engine/value.ts";

/** The types that copy data to other regions, and how each names them. */
const COPIES: Readonly<Record<string, (it: ResourceView) => readonly (() => string | undefined)[]>> = {
  "aws:backup/plan:Plan": (it) =>
    it
      .list("rules")
      .flatMap((each) => each.list("copyActions"))
      .map((copy) => () => parseArn(copy.text("destinationVaultArn") ?? "")?.region),
  "aws:dynamodb/table:Table": (it) => [
    ...regions(it.list("replicas"), "regionName"),
    ...regions(it.list("globalTableWitness"), "regionName"),
  ],
  "aws:ecr/replicationConfiguration:ReplicationConfiguration": (it) =>
    regions(
      it.list("replicationConfiguration.rules").flatMap((each) => each.list("destinations")),
      "region",
    ),
  [TYPE.replicaKey]: (it) => [() => it.region],
  [TYPE.secret]: (it) => regions(it.list("replicas"), "region"),
};

export const replicasStayInTheSet = rule({
  premise: "residency",
  id: "replicas-stay-in-the-set",
  severity: "critical",
  description:
    "Copies of keys, secrets, tables, images and backups go only to the other region of the residency's set.",
  remediation: "Name the standby region of the set as the destination, or none where the set has one region.",
  frameworks: [CONTROL.gdprTransfers, CONTROL.isoPrivacy, CONTROL.soc2Transmission],
  subjects: { types: Object.keys(COPIES), where: (_, stack) => isGoverned(stack) },
  judge: (it, stack) => {
    const residency = residencyIn(stack);
    return every(COPIES[it.type]?.(it) ?? [], (region) => mayBeIn(region(), residency))
      ? undefined
      : `"${it.name}" must be copied only to regions of the residency "${residency}".`;
  },
});

/** Functions that read one region each, so that an unknown region does not hide the others. */
function regions(places: readonly Value[], input: string): readonly (() => string | undefined)[] {
  return places.map((it) => () => it.text(input));
}
