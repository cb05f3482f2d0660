import * as aws from "@pulumi/aws";
import { chatChannelsOnlyTell } from "../../../../policies/premise-7-observability/alarms/chat-channels-only-tell.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { roleFor, served } from "../../programs.ts";

const READING = "arn:aws:iam::aws:policy/CloudWatchReadOnlyAccess";

function channel({ guardRails, isTold = true }: { guardRails?: readonly string[]; isTold?: boolean }): void {
  const opts = served();
  const { arn } = new aws.sns.Topic("alerts", {}, opts);
  new aws.chatbot.SlackChannelConfiguration(
    "chat",
    {
      configurationName: "duty",
      slackTeamId: "T0EXAMPLE",
      slackChannelId: "C0EXAMPLE",
      iamRoleArn: roleFor("chat", opts).arn,
      ...(guardRails !== undefined && { guardrailPolicyArns: [...guardRails] }),
      snsTopicArns: isTold ? [arn] : [],
    },
    opts,
  );
}

const MESSAGE = `"chat" must have the guard rail ${READING}, and no other.`;

testRule(chatChannelsOnlyTell, {
  accepts: { "a channel that reads metrics at most": () => channel({ guardRails: [READING] }) },
  rejects: {
    "a channel without a guard rail, whose default is that of an administrator": [() => channel({}), MESSAGE],
    "a channel with an empty list of guard rails": [() => channel({ guardRails: [] }), MESSAGE],
    "a channel of administrators": [
      () => channel({ guardRails: ["arn:aws:iam::aws:policy/AdministratorAccess"] }),
      MESSAGE,
    ],
    "a channel with a second, wider guard rail": [
      () => channel({ guardRails: [READING, "arn:aws:iam::aws:policy/ReadOnlyAccess"] }),
      MESSAGE,
    ],
    "a channel that is told nothing": [
      () => channel({ guardRails: [READING], isTold: false }),
      '"chat" must tell the alerts of a topic.',
    ],
  },
});
