import type { Descriptions } from "../description.ts";
import { NAME, TAGS } from "../reasons.ts";

const CHANNEL = "Who is told comes from the data of the environment; the messages hold names of alarms and numbers.";

/** Amazon Q Developer in chat applications. Its logs, in a group of another region without a key, stay off. */
export const CHATBOT: Descriptions = {
  "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration": {
    read: ["guardrailPolicyArns", "iamRoleArn", "region", "snsTopicArns"],
    inert: { configurationName: NAME, slackChannelId: CHANNEL, slackTeamId: CHANNEL, tags: TAGS },
    accepts: { loggingLevel: ["NONE"], userAuthorizationRequired: [true] },
    needs: ["guardrailPolicyArns"],
  },
};
