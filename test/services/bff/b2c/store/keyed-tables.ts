import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

type Attribute = Readonly<Record<string, unknown>>;
type Item = Record<string, Attribute>;

interface Call {
  readonly TableName: string;
  readonly Key: { readonly key: { readonly S: string } };
  readonly Item: Item;
  readonly ReturnValues?: string;
  readonly UpdateExpression: string;
  readonly ExpressionAttributeValues: Item;
  readonly RequestItems: Readonly<Record<string, { readonly Keys: readonly Call["Key"][] }>>;
}

/** Tables by name on loopback, which speak DynamoDB's JSON protocol as far as the records of consumers need it. */
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
      response.end(JSON.stringify(answer(operation, JSON.parse(body) as Call, tableOf)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> => {
    server.closeAllConnections();
    return new Promise((resolve) => void server.close(() => resolve()));
  };
  return { url: `http://127.0.0.1:${port}`, tables, close };
}

/** The most keys that are answered at once: fewer than may be asked for, as happens to large answers. */
const PROCESSED = 60;

type Tables = (name: string) => Map<string, Item>;

function answer(operation: string, call: Call, tableOf: Tables): object {
  const known = OPERATIONS[operation];
  if (known === undefined) throw new Error(operation);
  return known(call, tableOf);
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
    tableOf(TableName).set((item["key"] as { S: string }).S, item);
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
    const updated = changed(table.get(call.Key.key.S) ?? { key: { S: call.Key.key.S } }, call);
    table.set(call.Key.key.S, updated);
    return { Attributes: updated };
  },
};

/** Does `ADD number :n, set :s` and `DELETE set :s`. */
function changed(item: Item, { UpdateExpression: expression, ExpressionAttributeValues: values }: Call): Item {
  const [, verb, rest = ""] = /^(ADD|DELETE) (.*)$/.exec(expression) ?? [];
  const parts = rest.split(", ").map((it) => it.split(" "));
  const entries = parts.map(([name = "", by = ""]) => [name, applied(verb, item[name], values[by])] as const);
  const next = { ...item, ...Object.fromEntries(entries) };
  return Object.fromEntries(Object.entries(next).filter(([, it]) => (it["SS"] as string[] | undefined)?.length !== 0));
}

function applied(verb: string | undefined, before: Attribute = {}, by: Attribute = {}): Attribute {
  if (by["N"] !== undefined) return { N: String(Number(before["N"] ?? 0) + Number(by["N"])) };
  const set = (before["SS"] ?? []) as string[];
  const changes = (by["SS"] ?? []) as string[];
  return { SS: verb === "ADD" ? [...new Set([...set, ...changes])] : set.filter((it) => !changes.includes(it)) };
}
