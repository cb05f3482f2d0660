import { CreateTableCommand, DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

import { type Expressions, holds, type Item, requireNoReservedWord, updated } from "./dynamo-expressions.ts";

interface Call extends Expressions {
  readonly TableName: string;
  readonly Key: { readonly key: { readonly S: string } };
  readonly Item: Item;
  readonly ReturnValues?: string;
  readonly ReturnValuesOnConditionCheckFailure?: string;
  readonly RequestItems: Readonly<Record<string, { readonly Keys: readonly Call["Key"][] }>>;
}

/**
 * Tables by name on loopback, which speak DynamoDB's JSON protocol as far as the stores of BFFs need it. Where `DYNAMODB_LOCAL_URL` says
 * where Amazon's own DynamoDB Local is, `client` is for that, and the same tests hold the stand-in against it.
 */
export async function keyedTables() {
  const tables = new Map<string, Map<string, Item>>();
  const tableOf = (name: string): Map<string, Item> => {
    const table = tables.get(name) ?? new Map<string, Item>();
    tables.set(name, table);
    return table;
  };
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const operation = String(request.headers["x-amz-target"]).replace("DynamoDB_20120810.", "");
      response.setHeader("content-type", "application/x-amz-json-1.0");
      const output = answer(operation, JSON.parse(body) as Call, tableOf);
      response.statusCode = "__type" in output ? 400 : 200;
      response.end(JSON.stringify(output));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> => {
    server.closeAllConnections();
    return new Promise((resolve) => void server.close(() => resolve()));
  };
  const local = process.env["DYNAMODB_LOCAL_URL"];
  const client = clientOf(local ?? `http://127.0.0.1:${port}`);
  const make = async (name: string): Promise<void> => {
    if (local !== undefined) await madeAt(client, name);
  };
  const keysOf = async (name: string): Promise<readonly string[]> =>
    local === undefined ? [...tableOf(name).keys()] : keysAt(client, name);
  return { url: `http://127.0.0.1:${port}`, client, make, keysOf, close };
}

function clientOf(endpoint: string): DynamoDBClient {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  return new DynamoDBClient({ endpoint, region: "eu-west-1", credentials });
}

/** As the plan makes the tables of BFFs that have no parts. */
async function madeAt(client: DynamoDBClient, name: string): Promise<void> {
  const definition = { AttributeName: "key", AttributeType: "S" } as const;
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [definition],
      KeySchema: [{ AttributeName: "key", KeyType: "HASH" }],
    }),
  );
}

async function keysAt(client: DynamoDBClient, name: string): Promise<readonly string[]> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: name }));
  return Items.flatMap((it) => it["key"]?.S ?? []);
}

/** The most keys that are answered at once: fewer than may be asked for, as happens to large answers. */
const PROCESSED = 60;

type Tables = (name: string) => Map<string, Item>;

function answer(operation: string, call: Call, tableOf: Tables): object {
  const known = OPERATIONS[operation];
  if (known === undefined) throw new Error(operation);
  requireNoReservedWord(call);
  const before = call.ConditionExpression === undefined ? undefined : tableOf(call.TableName).get(keyIn(call));
  if (holds(call, before)) return known(call, tableOf);
  const { ReturnValuesOnConditionCheckFailure: wanted } = call;
  return {
    __type: "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException",
    message: "The conditional request failed",
    ...(wanted === "ALL_OLD" && before !== undefined && { Item: before }),
  };
}

function keyIn({ Key, Item: item }: Partial<Call>): string {
  return Key?.key.S ?? (item?.["key"] as { readonly S: string }).S;
}

const OPERATIONS: Readonly<Record<string, (call: Call, tableOf: Tables) => object>> = {
  BatchGetItem: ({ RequestItems }, tableOf) => {
    const [[name, { Keys }] = ["", { Keys: [] }]] = Object.entries(RequestItems);
    if (Keys.length > 100) throw new Error("more than 100 keys");
    const found = Keys.slice(0, PROCESSED).flatMap((it) => tableOf(name).get(it.key.S) ?? []);
    const rest = Keys.slice(PROCESSED);
    return { Responses: { [name]: found }, UnprocessedKeys: rest.length > 0 ? { [name]: { Keys: rest } } : {} };
  },
  PutItem: ({ TableName, Item: item }, tableOf) => {
    tableOf(TableName).set(keyIn({ Item: item }), item);
    return {};
  },
  GetItem: ({ TableName, Key }, tableOf) => {
    const item = tableOf(TableName).get(Key.key.S);
    return item === undefined ? {} : { Item: item };
  },
  DeleteItem: ({ TableName, Key, ReturnValues }, tableOf) => {
    const item = tableOf(TableName).get(Key.key.S);
    tableOf(TableName).delete(Key.key.S);
    return item === undefined || ReturnValues !== "ALL_OLD" ? {} : { Attributes: item };
  },
  UpdateItem: (call, tableOf) => {
    const table = tableOf(call.TableName);
    const item = updated(table.get(call.Key.key.S) ?? { key: { S: call.Key.key.S } }, call);
    table.set(call.Key.key.S, item);
    return { Attributes: item };
  },
};
