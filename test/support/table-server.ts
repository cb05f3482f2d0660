import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

type Attribute = { readonly S: string } | { readonly N: string };
type Item = Readonly<Record<string, Attribute>>;

interface Call {
  readonly TableName: string;
  readonly Key: { readonly key: { readonly S: string } };
  readonly UpdateExpression?: string;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeValues?: Item;
}

/** A table on loopback that speaks DynamoDB's JSON protocol, as far as counters and look-ups need it. */
export interface TableServer {
  readonly url: string;
  readonly items: Map<string, Item>;
  /** `GetItem directory`, in the order in which they came. */
  readonly calls: string[];
  isDown: boolean;
  close(): Promise<void>;
}

/** Serves one table. */
export async function tableServer(tableName: string): Promise<TableServer> {
  const state = { items: new Map<string, Item>(), calls: [] as string[], isDown: false };
  const server = createServer((request, response) => {
    void answer(request, tableName, state).then(([status, body]) =>
      response.writeHead(status, { "content-type": "application/x-amz-json-1.0" }).end(JSON.stringify(body)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, { url: `http://127.0.0.1:${port}`, close: () => closed(server) });
}

/** Ends a server and whoever is still connected. */
export function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function answer(
  request: IncomingMessage,
  tableName: string,
  state: Pick<TableServer, "items" | "calls" | "isDown">,
): Promise<readonly [status: number, body: unknown]> {
  const call = JSON.parse(await text(request)) as Call;
  const operation = String(request.headers["x-amz-target"]).replace("DynamoDB_20120810.", "");
  const key = call.Key.key.S;
  state.calls.push(`${operation} ${key}`);
  if (state.isDown) return [500, fault("InternalServerError")];
  if (call.TableName !== tableName) return [400, fault("ResourceNotFoundException")];
  const item = state.items.get(key);
  if (operation === "GetItem") return [200, item === undefined ? {} : { Item: item }];
  if (operation !== "UpdateItem") return [400, fault("UnknownOperationException")];
  if (!holds(call, item)) return [400, fault("ConditionalCheckFailedException")];
  const updated = { ...item, key: { S: key }, ...changes(call, item) };
  state.items.set(key, updated);
  return [200, { Attributes: updated }];
}

function fault(name: string): object {
  return { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: name };
}

function number(attribute: Attribute | undefined): number {
  if (attribute === undefined || !("N" in attribute)) throw new Error("an attribute must be a number");
  return Number(attribute.N);
}

function holds({ ConditionExpression: condition, ExpressionAttributeValues: values = {} }: Call, item?: Item): boolean {
  return condition === undefined || condition.split(" OR ").some((part) => partHolds(part, values, item));
}

function partHolds(part: string, values: Item, item: Item = {}): boolean {
  const absent = /^attribute_not_exists\((\w+)\)$/.exec(part)?.[1];
  if (absent !== undefined) return item[absent] === undefined;
  const [, name, operator, value] = /^(\w+) (<=|>) (:\w+)$/.exec(part) ?? [];
  if (name === undefined || value === undefined) throw new Error(`the stand-in does not know the condition "${part}"`);
  if (item[name] === undefined) return false;
  const [left, right] = [number(item[name]), number(values[value])];
  return operator === "<=" ? left <= right : left > right;
}

function changes({ UpdateExpression: update = "", ExpressionAttributeValues: values = {} }: Call, item?: Item): Item {
  const parts = update.replace(/^SET /, "").split(", ");
  return Object.fromEntries(
    parts.map((part) => {
      const [, name = "", base, value = ""] = /^(\w+) = (?:(\w+) \+ )?(:\w+)$/.exec(part) ?? [];
      const added = number(values[value]);
      return [name, { N: String(base === undefined ? added : number(item?.[base]) + added) }];
    }),
  );
}
