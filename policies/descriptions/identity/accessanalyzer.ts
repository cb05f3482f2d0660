import type { Descriptions } from "../description.ts";
import { NAME, TAGS } from "../reasons.ts";

/** AWS IAM Access Analyzer. */
export const ACCESS_ANALYZER: Descriptions = {
  "aws:accessanalyzer/analyzer:Analyzer": {
    inert: {
      analyzerName: NAME,
      "configuration.unusedAccess.unusedAccessAge": "After how many days a permission counts as unused.",
      region: "It reads policies, and keeps no tenant's data.",
      tags: TAGS,
    },
    accepts: { type: ["ACCOUNT", "ACCOUNT_UNUSED_ACCESS"] },
  },
};
