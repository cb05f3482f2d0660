import type { Descriptions } from "../description.ts";
import { SCHEDULE, TAGS } from "../reasons.ts";

/** Amazon GuardDuty, which reads logs of the account where they are, and keeps its findings in the region. */
export const GUARDDUTY: Descriptions = {
  "aws:guardduty/detector:Detector": {
    read: ["region"],
    inert: { findingPublishingFrequency: SCHEDULE, tags: TAGS },
    accepts: { enable: [true] },
  },
};
