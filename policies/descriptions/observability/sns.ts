import type { Descriptions } from "../description.ts";
import { NAME, TAGS, TEXT } from "../reasons.ts";

/** Amazon SNS. */
export const SNS: Descriptions = {
  "aws:sns/topic:Topic": {
    read: ["kmsMasterKeyId", "region"],
    inert: {
      displayName: TEXT,
      name: NAME,
      tags: TAGS,
    },
    needs: ["kmsMasterKeyId"],
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    read: ["endpoint", "region", "topic"],
    inert: {
      confirmationTimeoutInMinutes: "How long the provider waits for a confirmation.",
      endpointAutoConfirms: "Whether the provider waits for a confirmation.",
      rawMessageDelivery: "The form of the message.",
    },
    accepts: { protocol: ["email", "https"] },
  },
  "aws:sns/topicPolicy:TopicPolicy": {
    read: ["arn", "policy", "region"],
  },
};
