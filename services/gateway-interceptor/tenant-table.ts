import { type DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { tableCounter } from "../libraries/service-kit/table-counter.ts";
import type { CounterFactory } from "./quota.ts";

/** What the interceptor keeps in the tenant's DynamoDB table, whose hash key is `key` and whose time to live is `expire`. */
export interface TenantTable {
  /** The tenant's entry in the directory, unchecked; undefined if there is none. */
  readonly directoryEntry: () => Promise<unknown>;
  /** Makes counters that all instances share. */
  readonly counter: CounterFactory;
}

const DIRECTORY = { key: { S: "directory" } };

/** Opens the table: `directory` has the tenant's entry as JSON text in `entry`, all counters begin with `quota:`. */
export function tenantTable(client: DynamoDBClient, tableName: string): TenantTable {
  return {
    directoryEntry: async () => {
      const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key: DIRECTORY }));
      const text = Item?.["entry"]?.S;
      return text === undefined ? undefined : (JSON.parse(text) as unknown);
    },
    counter: tableCounter(client, tableName),
  };
}
