import type { Descriptions } from "../description.ts";
import { NAME, TEXT } from "../reasons.ts";

const LIFECYCLE = "What is accepted here takes away nothing that is current.";
const COLDER = "When a file moves to storage that costs less, in the same bucket under the same key.";

/** The classes in three zones from which files are read at once. */
const AT_ONCE = ["STANDARD_IA", "INTELLIGENT_TIERING", "GLACIER_IR"];

/** Amazon S3. Whatever a bucket's own inputs could say of access, keys and copies is said by resources of its own. */
export const S3: Descriptions = {
  "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": {
    accepts: {
      blockPublicAcls: [true],
      blockPublicPolicy: [true],
      ignorePublicAcls: [true],
      restrictPublicBuckets: [true],
    },
  },
  "aws:s3/bucket:Bucket": {
    read: ["bucket", "objectLockEnabled", "region", "tags"],
    accepts: { forceDestroy: [false] },
  },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
    read: ["bucket", "region", "rules.expiration.days"],
    inert: {
      "rules.abortIncompleteMultipartUpload": LIFECYCLE,
      "rules.filter": LIFECYCLE,
      "rules.id": NAME,
      "rules.noncurrentVersionTransitions.noncurrentDays": COLDER,
      "rules.transitions.days": COLDER,
      "rules.status": LIFECYCLE,
    },
    accepts: {
      "rules.noncurrentVersionExpiration.noncurrentDays": [90, 180, 365],
      "rules.noncurrentVersionTransitions.storageClass": AT_ONCE,
      "rules.transitions.storageClass": AT_ONCE,
    },
  },
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": {
    read: ["bucket", "region", "rule.defaultRetention.days", "rule.defaultRetention.mode"],
  },
  "aws:s3/bucketObjectv2:BucketObjectv2": {
    read: ["key", "bucket", "content", "region", "tags"],
    inert: { contentType: TEXT },
  },
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": {
    read: ["bucket", "region"],
    accepts: { "rule.objectOwnership": ["BucketOwnerEnforced"] },
  },
  "aws:s3/bucketPolicy:BucketPolicy": { read: ["bucket", "policy", "region"] },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": {
    read: ["blockPublicAcls", "blockPublicPolicy", "bucket", "ignorePublicAcls", "region", "restrictPublicBuckets"],
  },
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
    read: [
      "bucket",
      "region",
      "rules.applyServerSideEncryptionByDefault.kmsMasterKeyId",
      "rules.applyServerSideEncryptionByDefault.sseAlgorithm",
    ],
    inert: { "rules.bucketKeyEnabled": "How often KMS is asked, for the same key." },
  },
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": {
    read: [
      "bucket",
      "region",
      "role",
      "rules.destination.bucket",
      "rules.destination.encryptionConfiguration.replicaKmsKeyId",
      "rules.id",
      "rules.status",
    ],
    inert: {
      "rules.destination.metrics": "What Amazon S3 measures of the copies, in numbers.",
      "rules.destination.replicationTime": "How soon copies are made.",
      "rules.priority": "Which of several rules counts for an object.",
    },
    accepts: {
      "rules.deleteMarkerReplication.status": ["Enabled"],
      "rules.filter.prefix": [""],
      "rules.sourceSelectionCriteria.sseKmsEncryptedObjects.status": ["Enabled"],
    },
    needs: ["rules.sourceSelectionCriteria.sseKmsEncryptedObjects.status"],
  },
  "aws:s3/bucketVersioning:BucketVersioning": {
    read: ["bucket", "region"],
    accepts: { "versioningConfiguration.status": ["Enabled"] },
  },
};
