import type { Statement } from "../../policy-document.ts";
import { demands } from "../account.ts";

/** The services that keep data under a key and use it as whoever calls them. */
const STORES = ["dynamodb", "s3", "secretsmanager", "sqs"];

/** Actions that read or write what a store keeps; copies and backups of whole stores are made by AWS itself. */
const DATA = /^(?:dynamodb:(?:\w*Item|Query)|s3:(?:Get|Put)Object|secretsmanager:(?:Get|Put)SecretValue|sqs:\w+)$/i;

/** A copy that AWS Backup fills in a test of a restore, with what is in a backup. */
const RESTORED = /^arn:aws:dynamodb:[^:]+:\d+:table\/awsbackup-restore-test-\*$/;

const USES = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"];

/** The stores whose actions the statements allow. */
function storesIn(statements: readonly Statement[]): readonly string[] {
  const services = statements.flatMap(({ actions, resources }) =>
    (resources.length > 0 && resources.every((it) => RESTORED.test(it)) ? [] : actions)
      .filter((it) => DATA.test(it))
      .map((it) => it.split(":")[0]?.toLowerCase() ?? ""),
  );
  return STORES.filter((it) => services.includes(it));
}

/**
 * Whether a document that grants the use of a store grants the use of keys through that store alone: by `kms:ViaService`, which AWS KMS
 * fills in for the service that calls (AWS KMS developer guide, "AWS KMS condition keys").
 */
export function usesKeysThroughStores(statements: readonly Statement[]): boolean {
  const stores = storesIn(statements);
  if (stores.length === 0) return true;
  const isStore = (it: string): boolean => stores.some((store) => it.startsWith(`${store}.`) && !/[*?]/.test(it));
  return statements
    .filter((it) => USES.some((action) => it.covers(action)))
    .every(({ conditions }) => demands(conditions, "kms:ViaService", isStore, ["StringEquals"]));
}

/** Whether whoever may sign with a key signs what the platform signs: the whole message, by one algorithm. */
export function signsInOneWay(statement: Statement): boolean {
  if (!statement.covers("kms:Sign")) return true;
  const isOne = (it: string): boolean => !/[*?]/.test(it);
  return ["kms:MessageType", "kms:SigningAlgorithm"].every((key) =>
    demands(statement.conditions, key, isOne, ["StringEquals"]),
  );
}
