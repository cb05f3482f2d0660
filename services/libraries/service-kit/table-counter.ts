import {
  type DynamoDBClient,
  GetItemCommand,
  type GetItemInput,
  UpdateItemCommand,
  type UpdateItemInput,
} from "@aws-sdk/client-dynamodb";
import { type RateLimiterAbstract, RateLimiterDynamo } from "rate-limiter-flexible";

/** What is counted: at most `points` within `duration` seconds, under keys that begin with `keyPrefix`. */
export interface Counted {
  readonly keyPrefix: string;
  readonly points: number;
  readonly duration: number;
}

/**
 * Makes counters that all instances share, in a DynamoDB table whose hash key is `key` and whose time to live is `expire`: UpdateItem
 * of one item is serialised by DynamoDB, so that no request is counted twice or not at all. All their keys begin with `quota:`.
 */
export function tableCounter(client: DynamoDBClient, tableName: string): (counted: Counted) => RateLimiterAbstract {
  // All that the limiter asks of its client once a table exists.
  const storeClient = {
    getItem: (input: GetItemInput) => client.send(new GetItemCommand({ ...input, ConsistentRead: true })),
    updateItem: (input: UpdateItemInput) => client.send(new UpdateItemCommand(input)),
  };
  return ({ keyPrefix, ...options }) =>
    new RateLimiterDynamo({
      ...options,
      keyPrefix: `quota:${keyPrefix}`,
      storeClient,
      tableName,
      tableCreated: true,
      ttlSet: true,
    });
}
