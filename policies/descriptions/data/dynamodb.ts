import type { Descriptions } from "../description.ts";
import { CAPACITY } from "../reasons.ts";

const KEYS = "How items are found; who may find them is granted by IAM.";

const STREAM = "What changed, for copies; who may read it is granted by IAM, and is under the table's key.";

/** Amazon DynamoDB. */
export const DYNAMODB: Descriptions = {
  "aws:dynamodb/table:Table": {
    read: [
      "deletionProtectionEnabled",
      "globalTableWitness",
      "name",
      "pointInTimeRecovery.enabled",
      "region",
      "replicas",
      "serverSideEncryption",
      "tags",
    ],
    inert: {
      attributes: KEYS,
      billingMode: CAPACITY,
      globalSecondaryIndexes: KEYS,
      hashKey: KEYS,
      localSecondaryIndexes: KEYS,
      rangeKey: KEYS,
      streamEnabled: STREAM,
      streamViewType: STREAM,
      ttl: "When items are no longer needed: a caller's session, a request that may come twice.",
    },
  },
  "aws:dynamodb/tableReplica:TableReplica": {
    read: ["globalTableArn", "kmsKeyArn", "region", "tags"],
    inert: { tableClassOverride: CAPACITY },
    accepts: { deletionProtectionEnabled: [true], pointInTimeRecovery: [true] },
  },
  "aws:dynamodb/tableItem:TableItem": {
    read: ["item", "region", "tableName"],
    inert: { hashKey: KEYS },
  },
};
