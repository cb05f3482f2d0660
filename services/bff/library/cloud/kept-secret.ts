import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import { DecryptCommand, GenerateDataKeyCommand, type KMSClient } from "@aws-sdk/client-kms";

/** Where a secret is kept, and under which key. */
export interface KeptSecretOptions {
  readonly kms: KMSClient;
  readonly dynamo: DynamoDBClient;
  /** The tenant's table, whose hash key is `key`. */
  readonly table: string;
  /** The tenant's data key. */
  readonly keyArn: string;
  /** The encryption context: whoever names another tenant or purpose does not get the secret. */
  readonly of: { readonly tenant: string; readonly purpose: string };
}

const BYTES = 32;

/**
 * The secret that all instances of a BFF share: random bytes, made by the first that asks, and kept encrypted by the tenant's KMS key
 * (envelope encryption), so that it is in no template and no environment. Whoever reads the table alone does not learn it; one that
 * writes another into it must be let use the key. A failure is not remembered.
 */
export function keptSecret(options: KeptSecretOptions): () => Promise<Buffer> {
  let known: Promise<Buffer> | undefined;
  return () => {
    known ??= opened(options).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}

async function opened(options: KeptSecretOptions): Promise<Buffer> {
  const { kms, keyArn, of } = options;
  const sealed = (await kept(options)) ?? (await made(options));
  const command = new DecryptCommand({ KeyId: keyArn, CiphertextBlob: sealed, EncryptionContext: { ...of } });
  const { Plaintext } = await kms.send(command);
  if (Plaintext?.length !== BYTES) throw new Error("KMS gives no secret of the length that was asked for");
  return Buffer.from(Plaintext);
}

async function kept({ dynamo, table, of }: KeptSecretOptions): Promise<Uint8Array | undefined> {
  const command = new GetItemCommand({ TableName: table, Key: keyOf(of), ConsistentRead: true });
  return (await dynamo.send(command)).Item?.["sealed"]?.B;
}

/** Of several that make one at the same time, all take what the first has kept. */
async function made(options: KeptSecretOptions): Promise<Uint8Array> {
  const { kms, dynamo, table, keyArn, of } = options;
  const command = new GenerateDataKeyCommand({ KeyId: keyArn, NumberOfBytes: BYTES, EncryptionContext: { ...of } });
  const { CiphertextBlob: sealed } = await kms.send(command);
  if (sealed === undefined) throw new Error("KMS answered without a key");
  const put = new PutItemCommand({
    TableName: table,
    Item: { ...keyOf(of), sealed: { B: sealed } },
    ConditionExpression: "attribute_not_exists(#key)",
    ExpressionAttributeNames: { "#key": "key" },
  });
  try {
    await dynamo.send(put);
    return sealed;
  } catch (error) {
    const others = error instanceof ConditionalCheckFailedException ? await kept(options) : undefined;
    if (others === undefined) throw error;
    return others;
  }
}

function keyOf({ purpose }: KeptSecretOptions["of"]): Record<string, AttributeValue> {
  return { key: { S: `secret#${purpose}` } };
}
