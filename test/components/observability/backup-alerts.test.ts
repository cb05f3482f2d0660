import * as aws from "@pulumi/aws";
import { expect, it } from "vitest";
import { backupAlerts } from "../../../components/observability/backup-alerts.ts";
import { awsOf, planned } from "../planned.ts";

it("whoever is on duty hears of backups, copies and restores that do not succeed", async () => {
  const plan = await planned((all) => {
    const opts = { provider: awsOf(all) };
    backupAlerts("backup-jobs", new aws.sns.Topic("alerts", {}, opts).arn, opts);
  });
  const { eventPattern } = plan.inputs("aws:cloudwatch/eventRule:EventRule", "backup-jobs");
  expect(JSON.parse(String(eventPattern))).toMatchObject({
    source: ["aws.backup"],
    "detail-type": ["Backup Job State Change", "Copy Job State Change", "Restore Job State Change"],
    detail: {
      $or: [
        { state: expect.arrayContaining(["FAILED", "EXPIRED"]) as string[] },
        { status: expect.anything() as unknown },
      ],
    },
  });
  const target = plan.one("aws:cloudwatch/eventTarget:EventTarget", "backup-jobs");
  expect(target.propertyDependencies?.["arn"]).toEqual([plan.one("aws:sns/topic:Topic", "alerts").urn]);
});
