import { gunzipSync, gzipSync } from "node:zlib";
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import {
  type Claim,
  HELD_SECONDS,
  type IdempotencyStore,
  type IdempotentRequest,
  KEPT_SECONDS,
  type KeptResponse,
} from "./idempotency-store.ts";

type Item = Record<string, AttributeValue>;

/** Free of what DynamoDB reserves. */
const NAMES = { "#key": "key", "#expire": "expire" };

/**
 * Requests in the tenant's DynamoDB table, whose hash key is `key` and whose time to live is `expire`. DynamoDB removes an item some days
 * after its time at the latest, so one that has expired is taken for none. Answers are compressed, since an item has at most 400 KB.
 */
export class DynamoIdempotencyStore implements IdempotencyStore {
  private readonly client: DynamoDBClient;
  private readonly table: string;
  private readonly now: () => number;

  constructor(client: DynamoDBClient, table: string, now: () => number = Date.now) {
    this.client = client;
    this.table = table;
    this.now = now;
  }

  async claim(request: IdempotentRequest): Promise<Claim> {
    const seconds = Math.floor(this.now() / 1_000);
    const put = new PutItemCommand({
      TableName: this.table,
      Item: {
        ...keyOf(request),
        fingerprint: { S: request.fingerprint },
        heldUntil: { N: String(seconds + HELD_SECONDS) },
        expire: { N: String(seconds + KEPT_SECONDS) },
      },
      ConditionExpression:
        "attribute_not_exists(#key) OR #expire < :now OR " +
        "(attribute_not_exists(answer) AND heldUntil < :now AND fingerprint = :fingerprint)",
      ExpressionAttributeNames: NAMES,
      ExpressionAttributeValues: { ":now": { N: String(seconds) }, ":fingerprint": { S: request.fingerprint } },
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    });
    try {
      await this.client.send(put);
      return { is: "new" };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return claimOf(request, error.Item);
    }
  }

  async keep(request: IdempotentRequest, response: KeptResponse): Promise<void> {
    const update = new UpdateItemCommand({
      TableName: this.table,
      Key: keyOf(request),
      UpdateExpression: "SET answer = :answer",
      ConditionExpression: "fingerprint = :fingerprint",
      ExpressionAttributeValues: {
        ":answer": { B: gzipSync(JSON.stringify(response)) },
        ":fingerprint": { S: request.fingerprint },
      },
    });
    await unlessOther(this.client.send(update));
  }

  async release(request: IdempotentRequest): Promise<void> {
    const remove = new DeleteItemCommand({
      TableName: this.table,
      Key: keyOf(request),
      ConditionExpression: "attribute_not_exists(answer) AND fingerprint = :fingerprint",
      ExpressionAttributeValues: { ":fingerprint": { S: request.fingerprint } },
    });
    await unlessOther(this.client.send(remove));
  }
}

function claimOf({ fingerprint }: IdempotentRequest, item: Item | undefined): Claim {
  if (item?.["fingerprint"]?.S !== fingerprint) return { is: item === undefined ? "running" : "another" };
  const answer = item["answer"]?.B;
  if (answer === undefined) return { is: "running" };
  return { is: "done", response: JSON.parse(gunzipSync(answer).toString("utf8")) as KeptResponse };
}

/** Where the item is not there any more, or is another request's, nothing is to be done. */
async function unlessOther(sent: Promise<unknown>): Promise<void> {
  try {
    await sent;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}

/** No other kind of item begins so. */
function keyOf({ partnerId, route, key }: IdempotentRequest): Item {
  return { key: { S: `once#${JSON.stringify([partnerId, route, key])}` } };
}
