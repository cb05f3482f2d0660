import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Place } from "../place.ts";

/** Whose region is watched, and who is told. */
export interface ThreatDetectionArgs {
  readonly place: Place;
  readonly alertTopicArn: pulumi.Input<string>;
}

/** What Amazon GuardDuty reads beside CloudTrail, flow logs and DNS. */
const FEATURES = ["EKS_AUDIT_LOGS", "LAMBDA_NETWORK_LOGS", "RDS_LOGIN_EVENTS", "S3_DATA_EVENTS"] as const;

/** Standards by which AWS Security Hub judges the region. */
const STANDARDS = [
  "aws-foundational-security-best-practices/v/1.0.0",
  "cis-aws-foundations-benchmark/v/3.0.0",
] as const;

/** Finds attacks and weaknesses in one region, and tells whoever is on duty of those that are severe (premise 7). */
export class ThreatDetection extends pulumi.ComponentResource {
  constructor(name: string, { place, alertTopicArn }: ThreatDetectionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:guard-rails:ThreatDetection", name, {}, opts);
    const parent = { parent: this };
    const detector = new aws.guardduty.Detector(
      name,
      { enable: true, findingPublishingFrequency: "FIFTEEN_MINUTES" },
      parent,
    );
    for (const feature of FEATURES)
      new aws.guardduty.DetectorFeature(
        `${name}-${feature}`,
        { detectorId: detector.id, name: feature, status: "ENABLED" },
        parent,
      );
    const hub = new aws.securityhub.Account(name, { enableDefaultStandards: false }, parent);
    for (const standard of STANDARDS)
      new aws.securityhub.StandardsSubscription(
        `${name}-${standard.split("/")[0] ?? standard}`,
        { standardsArn: `arn:aws:securityhub:${place.region}::standards/${standard}` },
        { parent: this, dependsOn: [hub] },
      );
    new aws.inspector2.Enabler(name, { accountIds: [place.account], resourceTypes: ["ECR", "LAMBDA"] }, parent);
    const found = new aws.cloudwatch.EventRule(
      name,
      { description: "Severe findings of Amazon GuardDuty", eventPattern: JSON.stringify(SEVERE) },
      parent,
    );
    new aws.cloudwatch.EventTarget(name, { rule: found.name, arn: alertTopicArn }, parent);
    this.registerOutputs({});
  }
}

/** Severity 7 and above is high or critical (Amazon GuardDuty user guide, "Severity levels"). */
const SEVERE = {
  source: ["aws.guardduty"],
  "detail-type": ["GuardDuty Finding"],
  detail: { severity: [{ numeric: [">=", 7] }] },
};
