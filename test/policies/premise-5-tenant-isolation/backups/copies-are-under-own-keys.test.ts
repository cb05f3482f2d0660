import { copiesAreUnderOwnKeys } from "../../../../policies/premise-5-tenant-isolation/backups/copies-are-under-own-keys.ts";
import type { Plan } from "../../../../plan/model.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { planOf } from "../../programs.ts";

const KEY = "arn:aws:kms:eu-central-1:111122223333:key/mrk-1";
const OWN = "arn:aws:kms:eu-west-1:111122223333:key/mrk-1";
const TABLE = "arn:aws:dynamodb:eu-west-1:111122223333:table/records";

/** A replica of a key and a bucket in the standby, and a copy. */
const copy = (type: string, inputs: Readonly<Record<string, unknown>>): Plan =>
  planOf(
    { type: "aws:kms/key:Key", name: "key", outputs: { arn: OWN } },
    {
      type: "aws:kms/replicaKey:ReplicaKey",
      name: "replica",
      inputs: { region: "eu-central-1" },
      outputs: { arn: KEY },
    },
    {
      type: "aws:s3/bucket:Bucket",
      name: "standby",
      inputs: { region: "eu-central-1" },
      outputs: { arn: "arn:aws:s3:::standby" },
    },
    { type, name: "copy", inputs },
  );

const secret = (replica: Readonly<Record<string, unknown>>): Plan =>
  copy("aws:secretsmanager/secret:Secret", { replicas: [replica] });
const table = (inputs: Readonly<Record<string, unknown>>): Plan =>
  copy("aws:dynamodb/tableReplica:TableReplica", { globalTableArn: TABLE, region: "eu-central-1", ...inputs });
const bucket = (encryptionConfiguration?: Readonly<Record<string, unknown>>): Plan =>
  copy("aws:s3/bucketReplicationConfig:BucketReplicationConfig", {
    rules: [
      { destination: { bucket: "arn:aws:s3:::standby", ...(encryptionConfiguration && { encryptionConfiguration }) } },
    ],
  });

const MESSAGE = '"copy" must encrypt each copy under a replica of the stack\'s key in the region of the copy.';

testRule(copiesAreUnderOwnKeys, {
  accepts: {
    "a secret under the replica": secret({ region: "eu-central-1", kmsKeyId: KEY }),
    "a table under the replica": table({ kmsKeyArn: KEY }),
    "a bucket under the replica": bucket({ replicaKmsKeyId: KEY }),
  },
  rejects: {
    "a secret under the key of AWS": [secret({ region: "eu-central-1" }), MESSAGE],
    "a secret under a key of another region": [secret({ region: "eu-central-1", kmsKeyId: OWN }), MESSAGE],
    "a secret under a key that nobody declares": [
      secret({ region: "eu-central-1", kmsKeyId: KEY.replace("mrk-1", "other") }),
      MESSAGE,
    ],
    "a secret in another region than its key": [secret({ region: "us-east-1", kmsKeyId: KEY }), MESSAGE],
    "a table under the key of AWS": [table({}), MESSAGE],
    "a table in another region than its key": [table({ region: "us-east-1", kmsKeyArn: KEY }), MESSAGE],
    "a bucket under whatever the copy has by default": [bucket(), MESSAGE],
    "a bucket under the key of its own region": [bucket({ replicaKmsKeyId: OWN }), MESSAGE],
  },
  ignores: { "a secret without a copy": copy("aws:secretsmanager/secret:Secret", {}) },
});
