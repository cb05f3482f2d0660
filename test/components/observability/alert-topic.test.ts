import { describe, expect, it } from "vitest";
import { AlertTopic } from "../../../components/observability/alert-topic.ts";
import { PLACE, planned, statements, testKey } from "../planned.ts";

describe("AlertTopic", () => {
  it("is encrypted, and open to the alarms of its own account alone", async () => {
    const plan = await planned((opts) => {
      new AlertTopic("alerts", { place: PLACE, kmsKeyArn: testKey(opts).arn }, opts);
    });
    const topic = plan.one("aws:sns/topic:Topic", "alerts");
    expect(topic.propertyDependencies?.["kmsMasterKeyId"]).toEqual([plan.one("aws:kms/key:Key", "key").urn]);
    expect(statements(plan.inputs("aws:sns/topicPolicy:TopicPolicy", "alerts")["policy"])).toMatchObject([
      {
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: ["sns:Publish"],
        Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
      },
    ]);
  });
});
