import { describe, expect, it } from "vitest";
import { TransactionSearch } from "../../../components/observability/transaction-search.ts";
import { PLACE, planned, statements } from "../planned.ts";

describe("TransactionSearch", () => {
  it("keeps spans in CloudWatch Logs, written by X-Ray and by log delivery for this account", async () => {
    const plan = await planned((opts) => new TransactionSearch("spans", { place: PLACE }, opts));
    expect(plan.inputs("aws:xray/traceSegmentDestination:TraceSegmentDestination", "spans")).toMatchObject({
      destination: "CloudWatchLogs",
    });
    expect(plan.inputs("aws:xray/indexingRule:IndexingRule", "spans")).toMatchObject({
      name: "Default",
      rule: { probabilistic: { desiredSamplingPercentage: 10 } },
    });
    const policy = plan.inputs("aws:cloudwatch/logResourcePolicy:LogResourcePolicy", "spans")["policyDocument"];
    expect(statements(policy)).toMatchObject([
      {
        Principal: { Service: "xray.amazonaws.com" },
        Condition: { ArnLike: { "aws:SourceArn": "arn:aws:xray:eu-west-1:111122223333:*" } },
      },
      {
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Condition: { ArnLike: { "aws:SourceArn": "arn:aws:logs:eu-west-1:111122223333:*" } },
      },
    ]);
  });
});
