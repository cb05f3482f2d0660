import { type Expressions, holds, type Item, requireNoReservedWord, updated } from "./dynamo-expressions.ts";

/** What a call of DynamoDB says. */
export interface Call extends Expressions {
  readonly TableName: string;
  readonly Key: Item;
  readonly Item: Item;
  readonly ReturnValues?: string;
  readonly ReturnValuesOnConditionCheckFailure?: string;
  readonly RequestItems: Readonly<Record<string, { readonly Keys: readonly Item[] }>>;
  readonly TransactItems: readonly Readonly<Record<string, Call>>[];
  readonly KeyConditionExpression: string;
  readonly ScanIndexForward?: boolean;
  readonly Limit?: number;
  readonly ExclusiveStartKey?: Item;
}

/** The tables by name, whose items are by `nameOf`. */
export type Tables = (name: string) => Map<string, Item>;

/** The most items that are answered at once: fewer than may be asked for, as happens to large answers. */
const PROCESSED = 60;
const FAILED = "ConditionalCheckFailed";

/** What DynamoDB answers; throws for an operation or an expression that is not known here. */
export function answer(operation: string, call: Call, tableOf: Tables): object {
  const known = OPERATIONS[operation];
  if (known === undefined) throw new Error(operation);
  requireNoReservedWord(call);
  const before = call.ConditionExpression === undefined ? undefined : tableOf(call.TableName).get(nameIn(call));
  if (holds(call, before)) return known(call, tableOf);
  const { ReturnValuesOnConditionCheckFailure: wanted } = call;
  return {
    __type: "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException",
    message: "The conditional request failed",
    ...(wanted === "ALL_OLD" && before !== undefined && { Item: before }),
  };
}

const OPERATIONS: Readonly<Record<string, (call: Call, tableOf: Tables) => object>> = {
  BatchGetItem: ({ RequestItems }, tableOf) => {
    const [[name, { Keys }] = ["", { Keys: [] }]] = Object.entries(RequestItems);
    if (Keys.length > 100) throw new Error("more than 100 keys");
    const found = Keys.slice(0, PROCESSED).flatMap((it) => tableOf(name).get(nameOf(it)) ?? []);
    const rest = Keys.slice(PROCESSED);
    return { Responses: { [name]: found }, UnprocessedKeys: rest.length > 0 ? { [name]: { Keys: rest } } : {} };
  },
  PutItem: ({ TableName, Item: item }, tableOf) => {
    tableOf(TableName).set(nameOf(item), item);
    return {};
  },
  GetItem: ({ TableName, Key }, tableOf) => {
    const item = tableOf(TableName).get(nameOf(Key));
    return item === undefined ? {} : { Item: item };
  },
  DeleteItem: ({ TableName, Key, ReturnValues }, tableOf) => {
    const item = tableOf(TableName).get(nameOf(Key));
    tableOf(TableName).delete(nameOf(Key));
    return item === undefined || ReturnValues !== "ALL_OLD" ? {} : { Attributes: item };
  },
  UpdateItem: (call, tableOf) => {
    const table = tableOf(call.TableName);
    const item = updated(table.get(nameOf(call.Key)) ?? call.Key, call);
    table.set(nameOf(call.Key), item);
    return { Attributes: item };
  },
  Query: queried,
  TransactWriteItems: transacted,
};

/** The items of one key whose part is in a span, in pages. */
function queried(call: Call, tableOf: Tables): object {
  if (call.KeyConditionExpression !== "#key = :key AND #part BETWEEN :from AND :to")
    throw new Error(`the query is unknown: ${call.KeyConditionExpression}`);
  const value = (name: string): string => String(call.ExpressionAttributeValues?.[name]?.["S"]);
  const partOf = (it: Item): string => String(it["part"]?.["S"]);
  const direction = call.ScanIndexForward === false ? -1 : 1;
  const start = call.ExclusiveStartKey && partOf(call.ExclusiveStartKey);
  const found = [...tableOf(call.TableName).values()]
    .filter((it) => it["key"]?.["S"] === value(":key") && partOf(it) >= value(":from") && partOf(it) <= value(":to"))
    .toSorted((a, b) => (partOf(a) < partOf(b) ? -direction : direction))
    .filter((it) => start === undefined || (direction === 1 ? partOf(it) > start : partOf(it) < start));
  const items = found.slice(0, Math.min(call.Limit ?? PROCESSED, PROCESSED));
  const last = items.at(-1);
  const isMore = last !== undefined && items.length < found.length;
  return { Items: items, ...(isMore && { LastEvaluatedKey: { key: last["key"], part: last["part"] } }) };
}

const OF_KIND: Readonly<Record<string, string>> = { Put: "PutItem", Update: "UpdateItem", Delete: "DeleteItem" };

/** All of some writes or none. */
function transacted({ TransactItems }: Call, tableOf: Tables): object {
  const writes = TransactItems.flatMap((it) => Object.entries(it));
  if (writes.length > 100) throw new Error("more than 100 writes");
  const names = writes.map(([, call]) => `${call.TableName} ${nameIn(call)}`);
  if (new Set(names).size < names.length) throw new Error("one transaction writes an item twice");
  writes.forEach(([, call]) => requireNoReservedWord(call));
  const reasons = writes.map(([, call]) => ({
    Code: holds(call, tableOf(call.TableName).get(nameIn(call))) ? "None" : FAILED,
  }));
  if (reasons.some(({ Code }) => Code === FAILED))
    return {
      __type: "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
      message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(", ")}]`,
      CancellationReasons: reasons,
    };
  for (const [kind, call] of writes) OPERATIONS[OF_KIND[kind] ?? ""]!(call, tableOf);
  return {};
}

function nameIn({ Key, Item: item }: Partial<Call>): string {
  return nameOf(Key ?? item ?? {});
}

function nameOf({ key, part }: Item): string {
  return JSON.stringify([key?.["S"], part?.["S"] ?? null]);
}
