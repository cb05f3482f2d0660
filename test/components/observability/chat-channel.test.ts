import * as aws from "@pulumi/aws";
import { describe, expect, it } from "vitest";
import { ChatChannel } from "../../../components/observability/chat-channel.ts";
import { resourcesOfType } from "../../infra/plans.ts";
import { awsOf, planned, statements, testBoundary } from "../planned.ts";

const CHANNEL = "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration";

describe("ChatChannel", () => {
  it("tells the alerts of a topic, and whoever is in the channel may do nothing", async () => {
    const plan = await planned((opts) => {
      const topicArn = new aws.sns.Topic("alerts", {}, { provider: awsOf(opts) }).arn;
      const channel = { workspace: "T0EXAMPLE", channel: "C0EXAMPLE" };
      const args = {
        place: testBoundary(opts),
        configurationName: "duty",
        channel,
        endpointRegion: "eu-west-1",
        topicArn,
      };
      new ChatChannel("chat", args, opts);
    });
    expect(plan.inputs(CHANNEL, "chat")).toMatchObject({
      slackTeamId: "T0EXAMPLE",
      slackChannelId: "C0EXAMPLE",
      guardrailPolicyArns: ["arn:aws:iam::aws:policy/CloudWatchReadOnlyAccess"],
      loggingLevel: "NONE",
      region: "eu-west-1",
    });
    expect(statements(plan.inputs("aws:iam/role:Role", "chat")["assumeRolePolicy"])).toMatchObject([
      {
        Principal: { Service: "chatbot.amazonaws.com" },
        Condition: {
          StringEquals: { "aws:SourceAccount": "111122223333" },
          ArnLike: { "aws:SourceArn": "arn:aws:chatbot::111122223333:chat-configuration/slack-channel/duty" },
        },
      },
    ]);
    expect(plan.resources.filter(({ type }) => type.includes("RolePolicy"))).toEqual([]);
  });

  it("is in each region of an environment that names a channel, but for a residency in which there is no way to it", () => {
    const regionsOf = (environment: string, region: string) => resourcesOfType(`${environment}.${region}`, CHANNEL);
    expect(regionsOf("production", "us-east-1").map((it) => it.inputs["region"])).toEqual(["us-west-2"]);
    expect(regionsOf("production", "eu-central-1").map((it) => it.inputs["region"])).toEqual(["eu-west-1"]);
    expect(regionsOf("production", "sa-east-1")).toEqual([]);
    expect(regionsOf("development", "us-east-1")).toEqual([]);
  });
});
