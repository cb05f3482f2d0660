import type { Descriptions } from "../description.ts";
import { NAME, TAGS } from "../reasons.ts";

/** AWS IAM Access Analyzer. */
export const ACCESS_ANALYZER: Descriptions = {
  "aws:accessanalyzer/analyzer:Analyzer": {
    read: ["region"],
    inert: {
      analyzerName: NAME,
      "configuration.unusedAccess.unusedAccessAge": "After how many days a permission counts as unused.",
      tags: TAGS,
    },
    accepts: { type: ["ACCOUNT", "ACCOUNT_UNUSED_ACCESS"] },
  },
};
