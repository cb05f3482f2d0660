import { type Day, isDay } from "../../../contracts/day.ts";
import { isRecord } from "../../../contracts/json.ts";
import { TAG } from "../../../contracts/tags.ts";
import type { Plan } from "../../../plan/model.ts";
import { counted } from "../text/terminal.ts";

/** How many days before its last one a release is spoken of. */
const NOTICE_DAYS = 60;

/** A sentence for each workload of a plan whose promised time ends within 60 days from `today`; afterwards a rule speaks of it. */
export function endingSoon({ resources }: Plan, today: Day): readonly string[] {
  return resources.flatMap(({ name, inputs: { tags } }) => {
    const removeOn = isRecord(tags) ? tags[TAG.removeOn] : undefined;
    if (typeof removeOn !== "string" || !isDay(removeOn)) return [];
    const days = daysBetween(today, removeOn);
    if (days < 0 || days > NOTICE_DAYS) return [];
    return [
      `"${name}" may be gone from ${removeOn}, in ${counted(days, "day")}: take its release out then, or announce a later day.`,
    ];
  });
}

function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
