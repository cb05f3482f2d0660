import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../identity/policy-document.ts";
import { grant, serviceRole, trustService } from "../identity/service-role.ts";
import type { Place } from "../place.ts";
import type { SafeBucket } from "./safe-bucket.ts";

/** How long a copy may take, in minutes: Amazon S3 takes no other number (S3 user guide, "S3 Replication Time Control"). */
const MINUTES = 15;

/** What is copied from where to where, and under which keys. */
export interface BucketCopiesArgs {
  readonly place: Place;
  /** ARN of the key of the bucket that is copied. */
  readonly key: pulumi.Output<string>;
  /** The region of the copy, and the ARN of the key there. */
  readonly standby: { readonly region: string; readonly arn: pulumi.Output<string> };
  readonly from: SafeBucket;
  readonly to: SafeBucket;
}

/**
 * Lets Amazon S3 copy what is put into a bucket, and what is deleted, to a bucket in another region within fifteen minutes, and encrypt it
 * there under the key of that region (S3 user guide, "Replicating encrypted objects").
 */
export function bucketCopies(name: string, args: BucketCopiesArgs, opts: pulumi.CustomResourceOptions): void {
  const { place, standby, from, to } = args;
  const trust = trustService("s3.amazonaws.com");
  const role = serviceRole(`${name}-copies`, { place, description: `Copies the bucket ${name}`, trust }, opts);
  const granted = grant(`${name}-copies`, role, grants(args), opts);
  const time = { status: "Enabled", time: { minutes: MINUTES } };
  const metrics = { status: "Enabled", eventThreshold: { minutes: MINUTES } };
  new aws.s3.BucketReplicationConfig(
    `${name}-copies`,
    {
      bucket: from.bucket.bucket,
      role: role.arn,
      rules: [
        {
          id: "standby",
          status: "Enabled",
          priority: 0,
          filter: {},
          deleteMarkerReplication: { status: "Enabled" },
          sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
          destination: {
            bucket: to.bucket.arn,
            encryptionConfiguration: { replicaKmsKeyId: standby.arn },
            replicationTime: time,
            metrics,
          },
        },
      ],
    },
    { ...opts, dependsOn: [from.versioning, to.versioning, granted, ...to.protections] },
  );
}

function grants({ place, key, standby, from, to }: BucketCopiesArgs): readonly Statement[] {
  const read = ["s3:GetObjectVersionAcl", "s3:GetObjectVersionForReplication", "s3:GetObjectVersionTagging"];
  const write = ["s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags"];
  const { arn } = from.bucket;
  const through = (region: string) => ({ StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } });
  const allow = { Effect: "Allow" } as const;
  return [
    { ...allow, Action: ["s3:GetReplicationConfiguration", "s3:ListBucket"], Resource: arn },
    { ...allow, Action: read, Resource: pulumi.interpolate`${arn}/*` },
    { ...allow, Action: write, Resource: pulumi.interpolate`${to.bucket.arn}/*` },
    { ...allow, Action: ["kms:Decrypt"], Resource: key, Condition: through(place.region) },
    {
      ...allow,
      Action: ["kms:Encrypt", "kms:GenerateDataKey"],
      Resource: standby.arn,
      Condition: through(standby.region),
    },
  ];
}
