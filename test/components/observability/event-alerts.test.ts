import * as aws from "@pulumi/aws";
import { describe, expect, it } from "vitest";
import { eventAlerts } from "../../../components/observability/event-alerts.ts";
import { awsOf, planned } from "../planned.ts";

const RULE = "aws:cloudwatch/eventRule:EventRule";

const plan = () =>
  planned((all) => {
    const opts = { provider: awsOf(all) };
    eventAlerts(new aws.sns.Topic("alerts", {}, opts).arn, opts);
  });

describe("whoever is on duty hears", () => {
  it.each([
    [
      "backup-jobs",
      {
        source: ["aws.backup"],
        "detail-type": ["Backup Job State Change", "Copy Job State Change", "Restore Job State Change"],
        detail: {
          $or: [
            { state: expect.arrayContaining(["FAILED", "EXPIRED"]) as string[] },
            { status: expect.anything() as unknown },
          ],
        },
      },
    ],
    [
      "access-findings",
      {
        source: ["aws.access-analyzer"],
        "detail-type": ["Access Analyzer Finding", "Unused Access Finding for IAM entities"],
        detail: { status: ["ACTIVE"] },
      },
    ],
  ])("of %s", async (name, pattern) => {
    const it = await plan();
    expect(JSON.parse(String(it.inputs(RULE, name)["eventPattern"]))).toMatchObject(pattern);
    const target = it.one("aws:cloudwatch/eventTarget:EventTarget", name);
    expect(target.propertyDependencies?.["arn"]).toEqual([it.one("aws:sns/topic:Topic", "alerts").urn]);
  });
});
