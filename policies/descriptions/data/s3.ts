import type { Descriptions } from "../description.ts";
import { NAME, OWNER, TEXT } from "../reasons.ts";

const LIFECYCLE = "What is accepted here takes away nothing that is current.";

/** Amazon S3. Whatever a bucket's own inputs could say of access, keys and copies is said by resources of its own. */
export const S3: Descriptions = {
  "aws:s3/bucket:Bucket": { read: ["bucket", "forceDestroy", "region", "tags"] },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
    read: ["region"],
    inert: {
      bucket: LIFECYCLE,
      "rules.abortIncompleteMultipartUpload": LIFECYCLE,
      "rules.filter": LIFECYCLE,
      "rules.id": NAME,
      "rules.status": LIFECYCLE,
    },
    accepts: { "rules.noncurrentVersionExpiration.noncurrentDays": [90, 180, 365] },
  },
  "aws:s3/bucketObjectv2:BucketObjectv2": {
    read: ["region", "tags"],
    inert: {
      content: "A text of this repository, which says what a tenant's servers offer; encrypted as its bucket says.",
      contentType: TEXT,
      key: NAME,
    },
    unread: { bucket: OWNER },
  },
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": {
    read: ["region"],
    inert: { bucket: "Whichever bucket: with the one value that is accepted, ACLs have no effect." },
    accepts: { "rule.objectOwnership": ["BucketOwnerEnforced"] },
  },
  "aws:s3/bucketPolicy:BucketPolicy": { read: ["bucket", "policy", "region"] },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": {
    read: ["blockPublicAcls", "blockPublicPolicy", "bucket", "ignorePublicAcls", "region", "restrictPublicBuckets"],
  },
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
    read: ["bucket", "region", "rules.applyServerSideEncryptionByDefault.kmsMasterKeyId"],
    inert: { "rules.bucketKeyEnabled": "How often KMS is asked, for the same key." },
    accepts: { "rules.applyServerSideEncryptionByDefault.sseAlgorithm": ["aws:kms", "aws:kms:dsse"] },
  },
  "aws:s3/bucketVersioning:BucketVersioning": { read: ["bucket", "region", "versioningConfiguration.status"] },
};
