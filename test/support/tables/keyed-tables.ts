import { CreateTableCommand, DeleteItemCommand, DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

import type { Item } from "./dynamo-expressions.ts";
import { answer, type Call } from "./dynamo-operations.ts";

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
  const make = async (name: string, { hasParts = false } = {}): Promise<void> => {
    if (local !== undefined) await madeAt(client, name, hasParts);
  };
  const itemsOf = async (name: string): Promise<readonly Item[]> =>
    local === undefined ? [...tableOf(name).values()] : itemsAt(client, name);
  const keysOf = async (name: string): Promise<readonly string[]> =>
    (await itemsOf(name)).map((it) => String(it["key"]?.["S"]));
  const empty = async (name: string): Promise<void> => {
    if (local === undefined) tableOf(name).clear();
    else await emptied(client, name);
  };
  return { url: `http://127.0.0.1:${port}`, client, make, itemsOf, keysOf, empty, close };
}

function clientOf(endpoint: string): DynamoDBClient {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  return new DynamoDBClient({ endpoint, region: "eu-west-1", credentials });
}

/** As the plan makes the tables of BFFs. */
async function madeAt(client: DynamoDBClient, name: string, hasParts: boolean): Promise<void> {
  const names = hasParts ? ["key", "part"] : ["key"];
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
      KeySchema: names.map((AttributeName, place) => ({ AttributeName, KeyType: place === 0 ? "HASH" : "RANGE" })),
    }),
  );
}

async function itemsAt(client: DynamoDBClient, name: string): Promise<readonly Item[]> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: name }));
  return Items as unknown as readonly Item[];
}

async function emptied(client: DynamoDBClient, name: string): Promise<void> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: name }));
  for (const { key, part } of Items)
    await client.send(
      new DeleteItemCommand({ TableName: name, Key: { key: key!, ...(part === undefined ? {} : { part }) } }),
    );
}
