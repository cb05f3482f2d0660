import type { Descriptions } from "../description.ts";
import { NAME, TAGS } from "../reasons.ts";

const MONEY = "What costs are compared with; no premise names an amount.";
const TOLD = "Who is told of costs: numbers, and no tenant's data.";

/** AWS Budgets and AWS Cost Explorer. */
export const COSTS: Descriptions = {
  // Actions, which may attach policies, are not described.
  "aws:budgets/budget:Budget": {
    read: ["costFilters"],
    inert: {
      autoAdjustData: MONEY,
      budgetType: MONEY,
      limitAmount: MONEY,
      limitUnit: MONEY,
      name: NAME,
      "notifications.comparisonOperator": MONEY,
      "notifications.notificationType": MONEY,
      "notifications.subscriberEmailAddresses": TOLD,
      "notifications.threshold": MONEY,
      "notifications.thresholdType": MONEY,
      tags: TAGS,
      timePeriodEnd: MONEY,
      timePeriodStart: MONEY,
      timeUnit: MONEY,
    },
  },
  "aws:costexplorer/anomalyMonitor:AnomalyMonitor": {
    inert: { monitorDimension: MONEY, monitorType: MONEY, name: NAME, tags: TAGS },
  },
  "aws:costexplorer/anomalySubscription:AnomalySubscription": {
    inert: {
      frequency: "How soon somebody is told.",
      monitorArnLists: MONEY,
      name: NAME,
      subscribers: TOLD,
      tags: TAGS,
      thresholdExpression: MONEY,
    },
  },
};
