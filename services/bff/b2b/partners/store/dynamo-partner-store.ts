import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
  type UpdateItemInput,
} from "@aws-sdk/client-dynamodb";
import type { CredentialKind } from "../partner.ts";
import {
  type CredentialHolder,
  type KeptCredential,
  type PartnerAccount,
  type PartnerCredential,
  type PartnerStore,
  PartnerStoreError,
} from "../partner-store.ts";
import { accountIn, accountItem, credentialIn, credentialItem, type Item } from "./partner-items.ts";

/** The item that names all partners of the tenant. */
const ALL = "partners";

/**
 * The partners of one tenant in its DynamoDB table of API keys, whose hash key is `key`. An item of each partner names its credentials; a
 * name is written before what it names, so that no credential is kept that listing or revoking would miss.
 */
export class DynamoPartnerStore implements PartnerStore {
  readonly tenantId: string;
  private readonly client: DynamoDBClient;
  private readonly table: string;
  private readonly now: () => number;

  constructor(
    tenantId: string,
    { client, table }: { readonly client: DynamoDBClient; readonly table: string },
    now: () => number = Date.now,
  ) {
    this.tenantId = tenantId;
    this.client = client;
    this.table = table;
    this.now = now;
  }

  async find(kind: CredentialKind, id: string): Promise<CredentialHolder | undefined> {
    const found = await this.item(credentialKey(kind, id));
    if (found === undefined) return undefined;
    const credential = credentialIn(found);
    const account = await this.item(partnerKey(credential.partnerId));
    return account && { account: accountIn(account), credential };
  }

  async list() {
    const ids = namesIn(await this.item(ALL)).toSorted();
    const partners = await Promise.all(ids.map((it) => this.item(partnerKey(it))));
    return Promise.all(
      partners
        .filter((it) => it !== undefined)
        .map(async (it) => ({ account: accountIn(it), credentials: await this.credentialsOf(accountIn(it).id, it) })),
    );
  }

  async admit(account: PartnerAccount): Promise<void> {
    await this.update(ALL, { UpdateExpression: "ADD held :name", ...values({ name: { SS: [account.id] } }) });
    await this.putNew({ ...keyOf(partnerKey(account.id)), ...accountItem(account) });
  }

  async add(credential: PartnerCredential, othersUntil?: Date): Promise<void> {
    const { kind, id, partnerId } = credential;
    const isKnown = await this.update(partnerKey(partnerId), {
      UpdateExpression: "ADD held :name",
      ConditionExpression: "attribute_exists(tier)",
      ...values({ name: { SS: [credentialKey(kind, id)] } }),
    });
    if (!isKnown) throw new PartnerStoreError("there is no partner of that name");
    await this.putNew({ ...keyOf(credentialKey(kind, id)), ...credentialItem(credential, this.now()) });
    if (othersUntil === undefined) return;
    // The new one is there before the others end, so that never a moment is without a good credential.
    const others = (await this.credentialsOf(partnerId)).filter((it) => it.kind === kind && it.id !== id);
    await Promise.all(others.map((it) => this.endBy(it, othersUntil)));
  }

  async revoke(partnerId: string, credentialId?: string): Promise<number> {
    const credentials = await this.credentialsOf(partnerId);
    const meant = credentials.filter((it) => credentialId === undefined || it.id === credentialId);
    const revoked = meant.map(({ kind, id }) =>
      this.update(credentialKey(kind, id), {
        UpdateExpression: "SET revokedAt = :now",
        ConditionExpression: "attribute_not_exists(revokedAt)",
        ...values({ now: { N: String(this.now()) } }),
      }),
    );
    return (await Promise.all(revoked)).filter(Boolean).length;
  }

  private async endBy({ kind, id }: KeptCredential, at: Date): Promise<void> {
    await this.update(credentialKey(kind, id), {
      UpdateExpression: "SET expiresAt = :at",
      ConditionExpression: "attribute_not_exists(expiresAt) OR expiresAt > :at",
      ...values({ at: { N: String(at.getTime()) } }),
    });
  }

  /** The credentials that a partner's item names and that are the partner's: a name that another partner had taken is named there, too. */
  private async credentialsOf(partnerId: string, partner?: Item): Promise<readonly KeptCredential[]> {
    const names = namesIn(partner ?? (await this.item(partnerKey(partnerId))));
    const items = await Promise.all(names.map((it) => this.item(it)));
    return items
      .filter((it) => it !== undefined)
      .map(credentialIn)
      .filter((it) => it.partnerId === partnerId)
      .toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1));
  }

  private async item(key: string): Promise<Item | undefined> {
    const command = new GetItemCommand({ TableName: this.table, Key: keyOf(key), ConsistentRead: true });
    return (await this.client.send(command)).Item;
  }

  private async putNew(item: Item): Promise<void> {
    const made = await isDone(
      this.client.send(
        new PutItemCommand({
          TableName: this.table,
          Item: item,
          ConditionExpression: "attribute_not_exists(#key)",
          ExpressionAttributeNames: { "#key": "key" },
        }),
      ),
    );
    if (!made) throw new PartnerStoreError("there is one of that name already");
  }

  /** Whether the condition held. */
  private update(key: string, input: Omit<UpdateItemInput, "TableName" | "Key">): Promise<boolean> {
    return isDone(this.client.send(new UpdateItemCommand({ TableName: this.table, Key: keyOf(key), ...input })));
  }
}

async function isDone(sent: Promise<unknown>): Promise<boolean> {
  try {
    await sent;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

function partnerKey(id: string): string {
  return `partner#${id}`;
}

function credentialKey(kind: CredentialKind, id: string): string {
  return `${kind}#${id}`;
}

function keyOf(key: string): Item {
  return { key: { S: key } };
}

function namesIn(item: Item | undefined): readonly string[] {
  return item?.["held"]?.SS ?? [];
}

function values(of: Readonly<Record<string, AttributeValue>>) {
  return { ExpressionAttributeValues: Object.fromEntries(Object.entries(of).map(([name, it]) => [`:${name}`, it])) };
}
