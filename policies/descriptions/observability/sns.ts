import type { Descriptions } from "../description.ts";
import { DOCUMENT, NAME, TAGS, TEXT } from "../reasons.ts";

/** Amazon SNS. */
export const SNS: Descriptions = {
  "aws:sns/topic:Topic": {
    read: ["region"],
    inert: {
      displayName: TEXT,
      kmsMasterKeyId: "Alerts hold numbers; a topic of a tenant is judged where its tenant's data is.",
      name: NAME,
      tags: TAGS,
    },
  },
  "aws:sns/topicPolicy:TopicPolicy": {
    read: ["region"],
    unread: { arn: "No rule says that the topic is the stack's own.", policy: DOCUMENT },
  },
};
