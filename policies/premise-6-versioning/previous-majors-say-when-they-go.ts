import { TAG } from "../../contracts/tags.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { isDay } from "../../contracts/day.ts";
import { lookup } from "../engine/lookup.ts";
import { TYPE } from "../facts/resource-types.ts";
import { rule } from "../engine/rule.ts";
import { absent } from "../engine/three-values.ts";
import { majorOf } from "../facts/versions.ts";
import { isRetained, mcpRuntimes } from "../facts/workloads.ts";

export const previousMajorsSayWhenTheyGo = rule({
  premise: 6,
  id: "previous-majors-say-when-they-go",
  severity: "high",
  description: "Every answer of an older major tells its clients the day on which it may be removed.",
  remediation: "Give the release its `deprecatedOn` and `removeOn` in the release data.",
  frameworks: [CONTROL.soc2Change, CONTROL.isoChange],
  subjects: { types: mcpRuntimes.types, where: isRetained },
  judge: [
    (it, stack) => {
      const next = `${it.tag(TAG.service) ?? ""}@${(majorOf(it.tag(TAG.version)) ?? 0) + 1}`;
      const removeOn = it.tag(TAG.removeOn);
      if (releases(stack).find(next).length === 0)
        return removeOn === undefined ? undefined : absent(`"${it.name}" must have a successor if it is to go.`);
      return isDay(removeOn) ? undefined : `"${it.name}" must carry the day on which it may be gone.`;
    },
    (it) => {
      const removeOn = it.tag(TAG.removeOn);
      const told = it.text("environmentVariables", "SERVER_DEPRECATION");
      return removeOn === undefined || told?.endsWith(`/${removeOn}`) === true
        ? undefined
        : `"${it.name}" must tell its clients that it goes on ${removeOn}.`;
    },
  ],
});

const releases = lookup([TYPE.runtime], (it) =>
  isRetained(it) ? `${it.tag(TAG.service) ?? ""}@${majorOf(it.tag(TAG.version)) ?? ""}` : undefined,
);
