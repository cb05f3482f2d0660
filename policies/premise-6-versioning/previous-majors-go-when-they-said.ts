import { isDay } from "../../contracts/day.ts";
import { TAG } from "../../contracts/tags.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { rule } from "../engine/rule.ts";
import { isRetained, mcpRuntimes } from "../facts/workloads.ts";

/** Advises, because a day that passes must not stop a deployment of something else: RFC 8594 lets a server be there after its sunset. */
export const previousMajorsGoWhenTheySaid = rule({
  premise: 6,
  id: "previous-majors-go-when-they-said",
  severity: "medium",
  description: "An older major is gone once the day is past on which its clients were told that it may be removed.",
  remediation: "Take the release out of the release data, or announce a later day.",
  frameworks: [CONTROL.soc2Change, CONTROL.isoChange],
  subjects: { types: mcpRuntimes.types, where: isRetained },
  judge: (it, stack) => {
    const removeOn = it.tag(TAG.removeOn);
    return isDay(removeOn) && removeOn < stack.today
      ? `"${it.name}" must be gone: its clients were told that it goes on ${removeOn}.`
      : undefined;
  },
});
