import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Feature } from "../feature.ts";
import { budgets } from "./budgets.ts";
import type { EnvironmentContext } from "./context.ts";

/** Declares what is set once for the whole account: no public bucket, no weak password, and who is told of costs that nobody expected. */
export function accountDefaults(context: EnvironmentContext): Feature {
  const { provider } = context;
  const buckets = new aws.s3.AccountPublicAccessBlock(
    "buckets",
    { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    { provider },
  );
  const passwords = new aws.iam.AccountPasswordPolicy(
    "passwords",
    {
      minimumPasswordLength: 14,
      passwordReusePrevention: 24,
      maxPasswordAge: 90,
      requireLowercaseCharacters: true,
      requireNumbers: true,
      requireSymbols: true,
      requireUppercaseCharacters: true,
    },
    { provider },
  );
  return { resources: [buckets, passwords, ...costs(context)] };
}

/** Budgets of the amounts in the data, and AWS's own search for what is unusual; both tell the e-mail addresses of whoever is on duty. */
function costs(context: EnvironmentContext): readonly pulumi.Resource[] {
  const mails = context.address.environment.alerts.filter((it) => !it.startsWith("https://"));
  return mails.length === 0 ? [] : [anomalies(context, mails), ...budgets(context, mails)];
}

function anomalies({ address, provider }: EnvironmentContext, mails: readonly string[]): pulumi.Resource {
  const name = `alicerce-${address.environment.name}`;
  const monitor = new aws.costexplorer.AnomalyMonitor(
    "costs",
    { name, monitorType: "DIMENSIONAL", monitorDimension: "SERVICE" },
    { provider },
  );
  const impact = { key: "ANOMALY_TOTAL_IMPACT_PERCENTAGE", values: ["20"], matchOptions: ["GREATER_THAN_OR_EQUAL"] };
  return new aws.costexplorer.AnomalySubscription(
    "costs",
    {
      name,
      frequency: "DAILY",
      monitorArnLists: [monitor.arn],
      subscribers: mails.map((mail) => ({ type: "EMAIL", address: mail })),
      thresholdExpression: { dimension: impact },
    },
    { provider },
  );
}
