import {
  type AttributeValue,
  BatchGetItemCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import type { KeptRecord, OwnerSelection, RecordKind, RecordStore, StoredRecord } from "./records.ts";

type Item = Record<string, AttributeValue>;

/** The most keys of one BatchGetItem. */
const BATCH = 100;

/**
 * Keeps records in the tenant's DynamoDB table, whose hash key is `key` and whose time to live is `expire`. What is an owner's is named in an item of
 * the owner, which also counts versions: an item has room for about 3,000 names. Names are written before what they name and removed after it, so
 * that nothing is kept that deleting an owner's data would miss.
 */
export class DynamoRecords implements RecordStore {
  private readonly client: DynamoDBClient;
  private readonly table: string;
  private readonly now: () => number;

  constructor(client: DynamoDBClient, table: string, now: () => number = Date.now) {
    this.client = client;
    this.table = table;
    this.now = now;
  }

  async get(kind: RecordKind, id: string): Promise<KeptRecord | undefined> {
    const key = keyOf(keyText(kind, id));
    const { Item } = await this.client.send(
      new GetItemCommand({ TableName: this.table, Key: key, ConsistentRead: true }),
    );
    return this.live(Item);
  }

  async put(record: StoredRecord): Promise<number> {
    const { kind, id, owner, value, expiresAt } = record;
    const name = keyText(kind, id);
    const version = owner === undefined ? 1 : await this.named(owner, name);
    const item: Item = {
      ...keyOf(name),
      kind: { S: kind },
      id: { S: id },
      value: { S: JSON.stringify(value) },
      version: { N: String(version) },
      ...(owner !== undefined && { owner: { S: owner } }),
      // DynamoDB removes an item some time after its second, so the exact time is kept, too.
      ...(expiresAt !== undefined && { expire: seconds(expiresAt), until: { N: String(Math.floor(expiresAt)) } }),
    };
    await this.client.send(new PutItemCommand({ TableName: this.table, Item: item }));
    return version;
  }

  async take(kind: RecordKind, id: string): Promise<KeptRecord | undefined> {
    const name = keyText(kind, id);
    const { Attributes } = await this.client.send(
      new DeleteItemCommand({ TableName: this.table, Key: keyOf(name), ReturnValues: "ALL_OLD" }),
    );
    const owner = Attributes?.["owner"]?.S;
    if (owner !== undefined) await this.unnamed(owner, name);
    return this.live(Attributes);
  }

  async remove(kind: RecordKind, id: string): Promise<void> {
    await this.take(kind, id);
  }

  async ofOwner(owner: string, selection: OwnerSelection = {}): Promise<readonly KeptRecord[]> {
    const { kind, after = 0, limit = Infinity } = selection;
    const names = (await this.namesOf(owner)).filter((it) => kind === undefined || it.startsWith(`${kind}#`));
    const items = await this.all(names);
    const kept = items.flatMap((it) => this.live(it) ?? []).filter((it) => it.version > after);
    return kept.sort((a, b) => a.version - b.version).slice(0, limit);
  }

  async removeOwner(owner: string): Promise<number> {
    const records = await this.ofOwner(owner);
    for (const name of await this.namesOf(owner))
      await this.client.send(new DeleteItemCommand({ TableName: this.table, Key: keyOf(name) }));
    await this.client.send(new DeleteItemCommand({ TableName: this.table, Key: keyOf(ownerText(owner)) }));
    return records.length;
  }

  /** Adds a name to an owner's, and answers with the next version. */
  private async named(owner: string, name: string): Promise<number> {
    const { Attributes } = await this.client.send(
      new UpdateItemCommand({
        TableName: this.table,
        Key: keyOf(ownerText(owner)),
        UpdateExpression: "ADD version :one, held :name",
        ExpressionAttributeValues: { ":one": { N: "1" }, ":name": { SS: [name] } },
        ReturnValues: "UPDATED_NEW",
      }),
    );
    return Number(Attributes?.["version"]?.N);
  }

  private async unnamed(owner: string, name: string): Promise<void> {
    await this.client.send(
      new UpdateItemCommand({
        TableName: this.table,
        Key: keyOf(ownerText(owner)),
        UpdateExpression: "DELETE held :name",
        ExpressionAttributeValues: { ":name": { SS: [name] } },
      }),
    );
  }

  private async namesOf(owner: string): Promise<readonly string[]> {
    const key = keyOf(ownerText(owner));
    const { Item } = await this.client.send(
      new GetItemCommand({ TableName: this.table, Key: key, ConsistentRead: true }),
    );
    return Item?.["held"]?.SS ?? [];
  }

  private async all(names: readonly string[]): Promise<readonly Item[]> {
    const found: Item[] = [];
    let wanted: Item[] = names.map(keyOf);
    while (wanted.length > 0) {
      const [now, later] = [wanted.slice(0, BATCH), wanted.slice(BATCH)];
      const request = { RequestItems: { [this.table]: { Keys: now, ConsistentRead: true } } };
      const { Responses, UnprocessedKeys } = await this.client.send(new BatchGetItemCommand(request));
      found.push(...(Responses?.[this.table] ?? []));
      wanted = [...(UnprocessedKeys?.[this.table]?.Keys ?? []), ...later];
    }
    return found;
  }

  private live(item: Item | undefined): KeptRecord | undefined {
    if (item === undefined) return undefined;
    const record = recordIn(item);
    return record.expiresAt !== undefined && record.expiresAt <= this.now() ? undefined : record;
  }
}

const textValue = z.object({ S: z.string() }).transform((it) => it.S);
const numberValue = z.object({ N: z.coerce.number() }).transform((it) => it.N);
const recordItem = z.object({
  kind: textValue,
  id: textValue,
  value: textValue,
  version: numberValue,
  owner: textValue.optional(),
  until: numberValue.optional(),
});

function recordIn(item: Item): KeptRecord {
  const { kind, value, owner, until, ...rest } = recordItem.parse(item);
  return {
    ...rest,
    kind: kind as RecordKind,
    value: JSON.parse(value) as unknown,
    ...(owner !== undefined && { owner }),
    ...(until !== undefined && { expiresAt: until }),
  };
}

function keyText(kind: RecordKind, id: string): string {
  return `${kind}#${id}`;
}

/** No kind of record has this name. */
function ownerText(owner: string): string {
  return `owner#${owner}`;
}

function keyOf(text: string): Item {
  return { key: { S: text } };
}

function seconds(milliseconds: number): AttributeValue {
  return { N: String(Math.ceil(milliseconds / 1_000)) };
}
