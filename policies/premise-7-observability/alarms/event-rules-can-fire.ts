import { isRecord } from "../../../contracts/json.ts";
import { CONTROL } from "../../engine/frameworks.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { rule } from "../../engine/rule.ts";

export const eventRulesCanFire = rule({
  premise: 7,
  id: "event-rules-can-fire",
  severity: "high",
  description:
    "A rule of EventBridge has a schedule, or a pattern that can be read: without one of them nothing ever calls its target.",
  remediation: "Set `scheduleExpression`, or `eventPattern` as a JSON object with a condition.",
  frameworks: [CONTROL.soc2Monitoring, CONTROL.isoMonitoring],
  subjects: { types: ["aws:cloudwatch/eventRule:EventRule"] },
  judge: (it) =>
    it.has("scheduleExpression") || isPattern(it)
      ? undefined
      : `"${it.name}" must have a schedule, or a pattern that is an object of JSON with a condition.`,
});

function isPattern(it: ResourceView): boolean {
  try {
    const pattern: unknown = JSON.parse(it.text("eventPattern") ?? "");
    return isRecord(pattern) && Object.keys(pattern).length > 0;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
