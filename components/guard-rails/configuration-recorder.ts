import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { LogBucket } from "../data/log-bucket.ts";
import type { Place } from "../place.ts";

/** Where AWS Config delivers, and what it is the one for. */
export interface ConfigurationRecorderArgs {
  readonly place: Place;
  readonly bucket: LogBucket;
  readonly kmsKeyArn: pulumi.Input<string>;
  /** Whether it also records what has no region: true in one region of an account. */
  readonly isGlobal: boolean;
}

/** The record of how each resource of one region was at any time; its role is the one that AWS itself defines (premise 7). */
export class ConfigurationRecorder extends pulumi.ComponentResource {
  constructor(name: string, args: ConfigurationRecorderArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:guard-rails:ConfigurationRecorder", name, {}, opts);
    const { place, bucket, kmsKeyArn, isGlobal } = args;
    const recorder = new aws.cfg.Recorder(
      name,
      {
        name,
        roleArn: `arn:aws:iam::${place.account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
        recordingGroup: { allSupported: true, includeGlobalResourceTypes: isGlobal },
      },
      { parent: this },
    );
    const channel = new aws.cfg.DeliveryChannel(
      name,
      { name, s3BucketName: bucket.bucketName, s3KmsKeyArn: kmsKeyArn },
      { parent: this, dependsOn: [recorder] },
    );
    new aws.cfg.RecorderStatus(name, { name: recorder.name, isEnabled: true }, { parent: this, dependsOn: [channel] });
    this.registerOutputs({});
  }
}
