import type { Descriptions } from "../description.ts";
import { TAGS } from "../reasons.ts";

/** Amazon GuardDuty, AWS Security Hub, Amazon Inspector, and the defaults of Amazon EBS. */
export const THREATS: Descriptions = {
  "aws:ebs/encryptionByDefault:EncryptionByDefault": { read: ["enabled", "region"] },
  "aws:guardduty/detector:Detector": {
    read: ["enable", "region"],
    inert: { findingPublishingFrequency: "How soon a finding that came before is told again.", tags: TAGS },
  },
  "aws:guardduty/detectorFeature:DetectorFeature": {
    read: ["name", "region", "status"],
    inert: { detectorId: "A region of an account has one detector." },
  },
  "aws:inspector2/enabler:Enabler": {
    read: ["region"],
    inert: {
      accountIds: "Another account must have agreed, and what is found there is told there.",
    },
    accepts: { resourceTypes: ["EC2", "ECR", "LAMBDA", "LAMBDA_CODE"] },
  },
  "aws:securityhub/account:Account": { read: ["region"], accepts: { enableDefaultStandards: [false] } },
  "aws:securityhub/standardsSubscription:StandardsSubscription": { read: ["region", "standardsArn"] },
};
