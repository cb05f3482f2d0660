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

function answer(operation: string, call: Call, tableOf: (name: string) => Map<string, Item>): object {
  if (operation === "BatchGetItem") {
    const [[name, { Keys }] = ["", { Keys: [] }]] = Object.entries(call.RequestItems);
    if (Keys.length > 100) throw new Error("more than 100 keys");
    const found = Keys.slice(0, PROCESSED).flatMap((it) => tableOf(name).get(it.key.S) ?? []);
    const rest = Keys.slice(PROCESSED);
    return { Responses: { [name]: found }, UnprocessedKeys: rest.length > 0 ? { [name]: { Keys: rest } } : {} };
  }
  const table = tableOf(call.TableName);
  if (operation === "PutItem") {
    table.set((call.Item["key"] as { S: string }).S, call.Item);
    return {};
  }
  const key = call.Key.key.S;
  const item = table.get(key);
  if (operation === "GetItem") return item === undefined ? {} : { Item: item };
  if (operation === "DeleteItem") {
    table.delete(key);
    return item === undefined || call.ReturnValues !== "ALL_OLD" ? {} : { Attributes: item };
  }
  if (operation !== "UpdateItem") throw new Error(operation);
  const updated = changed(item ?? { key: { S: key } }, call);
  table.set(key, updated);
  return { Attributes: updated };
}

/** Does `ADD number :n, set :s` and `DELETE set :s`. */
function changed(item: Item, { UpdateExpression: expression, ExpressionAttributeValues: values }: Call): Item {
  const [, verb, rest = ""] = /^(ADD|DELETE) (.*)$/.exec(expression) ?? [];
  const next = { ...item };
  for (const part of rest.split(", ")) {
    const [name = "", reference = ""] = part.split(" ");
    const value = values[reference] as { N?: string; SS?: string[] };
    const before = (item[name] ?? {}) as { N?: string; SS?: string[] };
    if (value.N !== undefined) next[name] = { N: String(Number(before.N ?? 0) + Number(value.N)) };
    else {
      const set = new Set(before.SS);
      for (const it of value.SS ?? [])
        if (verb === "ADD") set.add(it);
        else set.delete(it);
      next[name] = { SS: [...set] };
      if (set.size === 0) Reflect.deleteProperty(next, name);
    }
  }
  return next;
}
