import { describe, expect, it } from "vitest";
import { AlertTopic } from "../../../components/observability/alert-topic.ts";
import { PLACE, planned, statements, testKey } from "../planned.ts";

describe("AlertTopic", () => {
  it("is encrypted, and open to the alarms of its own account alone", async () => {
    const plan = await planned((opts) => {
      new AlertTopic("alerts", { place: PLACE, kmsKeyArn: testKey(opts).arn, subscribers: [] }, opts);
    });
    const topic = plan.one("aws:sns/topic:Topic", "alerts");
    expect(topic.propertyDependencies?.["kmsMasterKeyId"]).toEqual([plan.one("aws:kms/key:Key", "key").urn]);
    expect(statements(plan.inputs("aws:sns/topicPolicy:TopicPolicy", "alerts")["policy"])).toMatchObject([
      {
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: ["sns:Publish"],
        Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
      },
      {
        Principal: { Service: "events.amazonaws.com" },
        Action: ["sns:Publish"],
        Condition: { ArnLike: { "aws:SourceArn": "arn:aws:events:eu-west-1:111122223333:rule/*" } },
      },
    ]);
  });

  it("tells everybody on duty, by e-mail or by HTTPS", async () => {
    const subscribers = ["duty@example.com", "https://duty.example.com/alarms"];
    const plan = await planned((opts) => {
      new AlertTopic("alerts", { place: PLACE, kmsKeyArn: testKey(opts).arn, subscribers }, opts);
    });
    const type = "aws:sns/topicSubscription:TopicSubscription";
    const [mail, hook] = subscribers.map((it) => plan.one(type, `alerts-${it}`));
    expect(mail?.inputs).toMatchObject({ protocol: "email", endpoint: "duty@example.com" });
    expect(hook?.inputs).toMatchObject({ protocol: "https", endpoint: "https://duty.example.com/alarms" });
    expect(mail?.propertyDependencies?.["topic"]).toEqual([plan.one("aws:sns/topic:Topic", "alerts").urn]);
  });
});
