import type { Descriptions } from "../description.ts";
import { NAME, TAGS } from "../reasons.ts";

/** AWS CloudTrail. */
export const CLOUDTRAIL: Descriptions = {
  "aws:cloudtrail/trail:Trail": {
    read: [
      "advancedEventSelectors.fieldSelectors",
      "enableLogFileValidation",
      "enableLogging",
      "kmsKeyId",
      "region",
      "s3BucketName",
    ],
    inert: {
      "advancedEventSelectors.name": NAME,
      includeGlobalServiceEvents:
        "Calls without a region are recorded in one of the account's trails; more copies harm nothing.",
      name: NAME,
      tags: TAGS,
    },
    accepts: { isMultiRegionTrail: [false] },
  },
};
