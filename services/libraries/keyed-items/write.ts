import type { AttributeValue, TransactWriteItem } from "@aws-sdk/client-dynamodb";
import { STORE_KEY } from "../../../contracts/bff/stores.ts";

/** Where an item of a table with two keys is. */
export interface Place {
  readonly key: string;
  readonly part: string;
}

/** What an item says: texts and numbers; all that is nested is JSON in a text. */
export type Fields = Readonly<Record<string, string | number>>;

/** What must be true of an item for a write to be done; all of it, and nothing of what is absent here. */
export interface Condition {
  readonly exists?: boolean;
  readonly equals?: Fields;
  /** A field that is absent is below everything. */
  readonly below?: Fields;
}

interface Expression {
  readonly names: Record<string, string>;
  readonly values: Record<string, AttributeValue>;
}

/** Writes a whole item. */
export function put(TableName: string, at: Place, fields: Fields, condition: Condition = {}): TransactWriteItem {
  const used = empty();
  return { Put: { TableName, Item: { ...keyOf(at), ...attributes(fields) }, ...conditionOf(condition, used) } };
}

/** Sets fields of an item, which is made where it is absent. */
export function change(TableName: string, at: Place, fields: Fields, condition: Condition = {}): TransactWriteItem {
  const used = empty();
  const set = Object.entries(fields).map(([name, value]) => `${nameIn(used, name)} = ${valueIn(used, value)}`);
  const UpdateExpression = `SET ${set.join(", ")}`;
  return { Update: { TableName, Key: keyOf(at), UpdateExpression, ...conditionOf(condition, used) } };
}

/** Adds to a number of an item, which is made where it is absent. */
export function count(
  TableName: string,
  at: Place,
  [field, by]: readonly [string, number],
  condition: Condition = {},
): TransactWriteItem {
  const used = empty();
  const UpdateExpression = `ADD ${nameIn(used, field)} ${valueIn(used, by)}`;
  return { Update: { TableName, Key: keyOf(at), UpdateExpression, ...conditionOf(condition, used) } };
}

/** Removes an item. */
export function remove(TableName: string, at: Place, condition: Condition = {}): TransactWriteItem {
  return { Delete: { TableName, Key: keyOf(at), ...conditionOf(condition, empty()) } };
}

/** The attributes by which an item is found. */
export function keyOf({ key, part }: Place): Record<string, AttributeValue> {
  return { [STORE_KEY.hash]: { S: key }, [STORE_KEY.range]: { S: part } };
}

/** The fields of an item; attributes that are neither text nor number are none. */
export function fieldsIn(item: Readonly<Record<string, AttributeValue>>): Fields {
  const fields = Object.entries(item).map(([name, { S, N }]) => [name, N === undefined ? S : Number(N)] as const);
  return Object.fromEntries(fields.filter((it): it is [string, string | number] => it[1] !== undefined));
}

function attributes(fields: Fields): Record<string, AttributeValue> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, attribute(value)]));
}

function attribute(value: string | number): AttributeValue {
  return typeof value === "string" ? { S: value } : { N: String(value) };
}

function empty(): Expression {
  return { names: {}, values: {} };
}

function conditionOf({ exists, equals = {}, below = {} }: Condition, used: Expression) {
  const terms = [
    ...(exists === undefined ? [] : [`attribute_${exists ? "" : "not_"}exists(${nameIn(used, STORE_KEY.hash)})`]),
    ...Object.entries(equals).map(([name, value]) => `${nameIn(used, name)} = ${valueIn(used, value)}`),
    ...Object.entries(below).map(([name, value]) => {
      const field = nameIn(used, name);
      return `(attribute_not_exists(${field}) OR ${field} < ${valueIn(used, value)})`;
    }),
  ];
  return {
    ...(terms.length > 0 && { ConditionExpression: terms.join(" AND ") }),
    ...(Object.keys(used.names).length > 0 && { ExpressionAttributeNames: used.names }),
    ...(Object.keys(used.values).length > 0 && { ExpressionAttributeValues: used.values }),
  };
}

/** Names stand for themselves: DynamoDB reserves some hundreds of words. */
function nameIn({ names }: Expression, name: string): string {
  names[`#${name}`] = name;
  return `#${name}`;
}

function valueIn({ values }: Expression, value: string | number): string {
  const name = `:v${Object.keys(values).length}`;
  values[name] = attribute(value);
  return name;
}

const DIGITS = 15;

/** A time in milliseconds since 1970 as parts have it: texts in the order of times. */
export function stamp(at: number): string {
  return String(Math.max(0, Math.floor(at))).padStart(DIGITS, "0");
}
