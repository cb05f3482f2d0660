import type { Descriptions } from "../description.ts";
import { CAPACITY } from "../reasons.ts";

const DELIVERY =
  "When and how often a message is handed out, to those who may receive it by IAM and the queue's policy.";

/** Amazon SQS. */
export const SQS: Descriptions = {
  "aws:sqs/queue:Queue": {
    read: ["kmsMasterKeyId", "name", "policy", "redrivePolicy", "region", "tags"],
    inert: {
      contentBasedDeduplication: DELIVERY,
      delaySeconds: DELIVERY,
      fifoQueue: DELIVERY,
      kmsDataKeyReusePeriodSeconds: "How often KMS is asked, for the same key.",
      maxMessageSize: CAPACITY,
      messageRetentionSeconds: DELIVERY,
      receiveWaitTimeSeconds: DELIVERY,
      visibilityTimeoutSeconds: DELIVERY,
    },
    needs: ["kmsMasterKeyId", "name"],
  },
  "aws:sqs/queuePolicy:QueuePolicy": { read: ["policy", "queueUrl", "region"] },
};
