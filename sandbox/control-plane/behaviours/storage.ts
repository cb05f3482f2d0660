import { type Behaviour, type Behaviours, arn, hex, text } from "./behaviour.ts";

const BUCKET = "aws:s3/bucket:Bucket";
const TABLE = "aws:dynamodb/table:Table";

/** Amazon DynamoDB and S3. */
export const STORAGE: Behaviours = {
  [TABLE]: {
    autoname: "name",
    unique: ["name"],
    id: (it) => text(it, "name"),
    defaults: () => ({ billingMode: "PROVISIONED" }),
    outputs: (it) => ({ arn: arn("dynamodb", it, `table/${it.id}`) }),
    replaces: ["hashKey", "localSecondaryIndexes", "name", "rangeKey"],
  },
  "aws:dynamodb/tableItem:TableItem": {
    id: (it) => `${text(it, "tableName")}|${text(it, "hashKey")}|${hex(it, 16)}`,
    references: { tableName: TABLE },
    replaces: ["hashKey", "rangeKey", "tableName"],
  },
  [BUCKET]: {
    autoname: "bucket",
    unique: ["bucket"],
    id: (it) => text(it, "bucket"),
    defaults: () => ({ forceDestroy: false }),
    // Bucket names are unique worldwide, so their ARNs name neither account nor region.
    outputs: (it) => ({
      arn: `arn:aws:s3:::${it.id}`,
      bucketDomainName: `${it.id}.s3.amazonaws.com`,
      bucketRegion: it.region,
      bucketRegionalDomainName: `${it.id}.s3.${it.region}.amazonaws.com`,
    }),
    replaces: ["bucket", "bucketPrefix", "objectLockEnabled"],
  },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": ofBucket(),
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ofBucket(),
  "aws:s3/bucketObjectv2:BucketObjectv2": {
    id: (it) => `${text(it, "bucket")}/${text(it, "key")}`,
    unique: ["bucket+key"],
    outputs: (it) => ({ arn: `arn:aws:s3:::${text(it, "bucket")}/${text(it, "key")}` }),
    references: { bucket: "aws:s3/bucket:Bucket" },
    replaces: ["bucket", "key"],
  },
  "aws:s3/bucketPolicy:BucketPolicy": ofBucket(),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": ofBucket(),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": ofBucket(),
  "aws:s3/bucketVersioning:BucketVersioning": ofBucket(),
};

/** A setting that each bucket has at most one of. */
function ofBucket(): Behaviour {
  return {
    unique: ["bucket"],
    id: (it) => text(it, "bucket"),
    references: { bucket: BUCKET },
    replaces: ["bucket"],
  };
}
