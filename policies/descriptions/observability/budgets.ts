import type { Descriptions } from "../description.ts";
import { NAME, TAGS } from "../reasons.ts";

const COSTS = "Which costs are compared with which amount; no tenant's data is in them.";
const TOLD = "When the owner is told.";

/** AWS Budgets. Actions, which may attach policies, are not described. */
export const BUDGETS: Descriptions = {
  "aws:budgets/budget:Budget": {
    inert: {
      budgetType: COSTS,
      costFilters: COSTS,
      limitAmount: COSTS,
      limitUnit: COSTS,
      name: NAME,
      "notifications.comparisonOperator": TOLD,
      "notifications.notificationType": TOLD,
      "notifications.subscriberEmailAddresses": "Whom it tells by e-mail; the message holds costs.",
      "notifications.threshold": TOLD,
      "notifications.thresholdType": TOLD,
      tags: TAGS,
      timePeriodEnd: COSTS,
      timePeriodStart: COSTS,
      timeUnit: COSTS,
    },
  },
};
