import { setTimeout as pause } from "node:timers/promises";
import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { change, type Condition, count, type Fields, fieldsIn, keyOf, type Place, put, remove } from "./write.ts";

/** Which items of a key are read, and in which order. */
export interface Span {
  /** The first part that is read, in ASCII. */
  readonly from?: string;
  /** The last part that is read, in ASCII. */
  readonly to?: string;
  readonly newestFirst?: boolean;
  /** How many items are read with one call. */
  readonly page?: number;
}

const MOST_TRIES = 12;
const FIRST_PAUSE_MS = 10;

/** A table of DynamoDB whose items have a key and a part of it; what is written together is written in one transaction. */
export class KeyedItems {
  private readonly client: DynamoDBClient;
  private readonly table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.client = client;
    this.table = table;
  }

  /** An item as it is now. */
  async get(at: Place): Promise<Fields | undefined> {
    const command = new GetItemCommand({ TableName: this.table, Key: keyOf(at), ConsistentRead: true });
    const { Item } = await this.client.send(command);
    return Item && fieldsIn(Item);
  }

  /** The items of a key by their parts, read as they are asked for. */
  async *list(
    key: string,
    { from = " ", to = "~", newestFirst = false, page = 100 }: Span = {},
  ): AsyncGenerator<Fields> {
    let start: Record<string, AttributeValue> | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await this.client.send(
        new QueryCommand({
          TableName: this.table,
          KeyConditionExpression: "#key = :key AND #part BETWEEN :from AND :to",
          ExpressionAttributeNames: { "#key": "key", "#part": "part" },
          ExpressionAttributeValues: { ":key": { S: key }, ":from": { S: from }, ":to": { S: to } },
          ScanIndexForward: !newestFirst,
          ConsistentRead: true,
          Limit: page,
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      yield* Items.map(fieldsIn);
      start = LastEvaluatedKey;
    } while (start !== undefined);
  }

  /** All items of a key by their parts, for few. */
  async all(key: string, span: Span): Promise<readonly Fields[]> {
    const found: Fields[] = [];
    for await (const it of this.list(key, span)) found.push(it);
    return found;
  }

  put(at: Place, fields: Fields, condition?: Condition): TransactWriteItem {
    return put(this.table, at, fields, condition);
  }

  change(at: Place, fields: Fields, condition?: Condition): TransactWriteItem {
    return change(this.table, at, fields, condition);
  }

  count(at: Place, by: readonly [string, number], condition?: Condition): TransactWriteItem {
    return count(this.table, at, by, condition);
  }

  remove(at: Place, condition?: Condition): TransactWriteItem {
    return remove(this.table, at, condition);
  }

  /**
   * Does all of these writes, or none of them: of any tables, at most 100. Tells the places in `writes` of those whose condition did not
   * hold; there are none once it is done. Writes that meet others on the same item are done again, some times.
   */
  async write(writes: readonly TransactWriteItem[]): Promise<ReadonlySet<number>> {
    for (let tries = 1; ; tries++) {
      try {
        await this.client.send(new TransactWriteItemsCommand({ TransactItems: [...writes] }));
        return new Set();
      } catch (error) {
        if (!(error instanceof TransactionCanceledException)) throw error;
        const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code);
        const failed = codes.flatMap((it, place) => (it === "ConditionalCheckFailed" ? [place] : []));
        if (failed.length > 0) return new Set(failed);
        if (tries >= MOST_TRIES || !codes.includes("TransactionConflict")) throw error;
        await pause(Math.min(1_000, FIRST_PAUSE_MS * 2 ** tries) * Math.random());
      }
    }
  }
}
