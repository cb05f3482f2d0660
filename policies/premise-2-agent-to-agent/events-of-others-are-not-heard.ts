import { CONTROL } from "../engine/frameworks.ts";
import { rule } from "../engine/rule.ts";
import { byOutput, referred } from "../facts/reference.ts";

const BUS = "aws:cloudwatch/eventBus:EventBus";

export const eventsOfOthersAreNotHeard = rule({
  premise: 2,
  id: "events-of-others-are-not-heard",
  severity: "critical",
  description:
    "A tenant's rule takes events from the tenant's own bus: on the account's default bus are those of all tenants.",
  remediation: "Declare an EventBus in the same stack, and name it in `eventBusName`; a schedule needs none.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoAccessRestriction, CONTROL.gdprByDesign],
  subjects: {
    types: ["aws:cloudwatch/eventRule:EventRule"],
    where: (it, stack) => stack.tenant !== undefined && it.has("eventPattern"),
  },
  judge: (it, stack) => {
    const named = { of: it, input: "eventBusName", read: () => it.text("eventBusName") };
    const bus = referred(named, byOutput([BUS], "name", "arn", "id"), stack);
    return bus === undefined ? `"${it.name}" must take events from a bus of the same stack.` : undefined;
  },
});
