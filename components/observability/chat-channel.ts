import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { CHAT_GUARD_RAIL, type ChatChannelSettings } from "../../environments/observability/chat.ts";
import { serviceRole, trustServiceFor } from "../identity/service-role.ts";
import type { Place } from "../place.ts";

/** What is told to which channel, and through which region Amazon Q Developer is configured: it is in few. */
export interface ChatChannelArgs {
  readonly place: Place;
  /** Unique in the account. */
  readonly configurationName: string;
  readonly channel: ChatChannelSettings;
  readonly endpointRegion: string;
  readonly topicArn: pulumi.Input<string>;
}

/**
 * Alerts in a channel of Slack, by Amazon Q Developer in chat applications. Nobody does anything from there: the channel's role is granted
 * nothing, and its guard rail lets metrics be read at most. Somebody must have authorised the workspace once, in the console.
 */
export class ChatChannel extends pulumi.ComponentResource {
  constructor(name: string, args: ChatChannelArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:observability:ChatChannel", name, {}, opts);
    const { place, configurationName, channel, endpointRegion, topicArn } = args;
    const source = `arn:aws:chatbot::${place.account}:chat-configuration/slack-channel/${configurationName}`;
    const trust = trustServiceFor("chatbot.amazonaws.com", place, source);
    const role = serviceRole(
      name,
      { place, description: "Tells alerts in Slack, and nothing else", trust },
      { parent: this },
    );
    new aws.chatbot.SlackChannelConfiguration(
      name,
      {
        configurationName,
        slackTeamId: channel.workspace,
        slackChannelId: channel.channel,
        snsTopicArns: [topicArn],
        iamRoleArn: role.arn,
        guardrailPolicyArns: [CHAT_GUARD_RAIL],
        userAuthorizationRequired: true,
        loggingLevel: "NONE",
        region: endpointRegion,
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
