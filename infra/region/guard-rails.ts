import * as aws from "@pulumi/aws";
import { backupSettings } from "../../components/backup/backup-settings.ts";
import { LogBucket } from "../../components/data/log-bucket.ts";
import { ConfigurationRecorder } from "../../components/guard-rails/configuration-recorder.ts";
import { recordWriters } from "../../components/guard-rails/record-writers.ts";
import { ThreatDetection } from "../../components/guard-rails/threat-detection.ts";
import { trail } from "../../components/guard-rails/trail.ts";
import type { Feature } from "../feature.ts";
import type { RegionContext } from "./context.ts";
import type { RegionKey } from "./key.ts";
import type { RegionObservability } from "./observability.ts";

/** What the guard rails write under, and whom they tell. */
export interface GuardRailsUpstream {
  readonly key: RegionKey;
  readonly observability: RegionObservability;
}

/** Declares what records and watches the region, and the defaults of what is created in it by hand. */
export function regionGuardRails(context: RegionContext, { key, observability }: GuardRailsUpstream): Feature {
  const { address, place, provider, opts } = context;
  const kmsKeyArn = key.dataKey.arn;
  const isGlobal = Object.keys(address.environment.regions)[0] === address.region;
  const bucket = new LogBucket("records", { place, kmsKeyArn, writers: (arn) => recordWriters(arn, place) }, opts);
  const calls = trail("trail", { bucket, kmsKeyArn, isGlobal }, { provider });
  const recorder = new ConfigurationRecorder("configurations", { place, bucket, kmsKeyArn, isGlobal }, opts);
  const threats = new ThreatDetection("threats", { place, alertTopicArn: observability.alerts.arn }, opts);
  const volumes = new aws.ebs.EncryptionByDefault("volumes", { enabled: true }, { provider });
  const backups = backupSettings("backups", { provider });
  const metadata = new aws.ec2.InstanceMetadataDefaults(
    "metadata",
    { httpTokens: "required", httpPutResponseHopLimit: 1 },
    { provider },
  );
  return { resources: [bucket, calls, recorder, threats, volumes, backups, metadata] };
}
