import { outputOf } from "../../engine/output.ts";
import type { Platform } from "../../engine/platform.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { BACKUP } from "../../facts/residency/backups.ts";
import { TYPE } from "../../facts/resource-types.ts";
import { type Copied, isReplicaOf, standbyIn } from "./copied.ts";

const TABLE_COPY = "aws:dynamodb/tableReplica:TableReplica";

/** The tables, the databases and the secrets of all stacks, each with its copy. A secret that is rotated belongs to a pool of its region. */
export function storesCopied({ stacks }: Platform): readonly Copied[] {
  return stacks.flatMap((stack) => {
    const standby = standbyIn(stack);
    if (standby === undefined) return [];
    const each = (what: string, type: string, missing: (it: Subject) => string | undefined): readonly Copied[] =>
      stack.ofType(type).map((resource) => {
        const at = { resource, stack };
        return { what, at, standby, missing: () => missing({ what, at, standby, resource, stack }) };
      });
    const rotated = stack.ofType(TYPE.secretRotation).map((it) => it.text("secretId"));
    return [
      ...(stack.tenant === undefined ? [] : each("tables", TYPE.table, tableWithout)),
      ...each("databases", TYPE.database, databaseWithout),
      ...(stack.tenant === undefined ? [] : each("secrets", TYPE.secret, secretWithout)).filter(
        ({ at }) => !rotated.includes(outputOf(at.resource, "arn")),
      ),
    ];
  });
}

interface Subject extends Omit<Copied, "missing"> {
  readonly resource: ResourceView;
  readonly stack: StackIndex;
}

function tableWithout(it: Subject): string | undefined {
  const arn = outputOf(it.resource, "arn");
  const key = it.resource.text("serverSideEncryption.kmsKeyArn");
  const isThere = it.stack
    .ofType(TABLE_COPY)
    .some(
      (copy) =>
        copy.text("globalTableArn") === arn &&
        copy.region === it.standby &&
        isReplicaOf(copy.text("kmsKeyArn"), key, it),
    );
  return isThere
    ? undefined
    : `"${it.resource.name}" must have a replica in ${it.standby} under the replica of its key.`;
}

function secretWithout(it: Subject): string | undefined {
  const key = it.resource.text("kmsKeyId");
  const isThere = it.resource
    .list("replicas")
    .some((copy) => copy.text("region") === it.standby && isReplicaOf(copy.text("kmsKeyId"), key, it));
  return isThere ? undefined : `"${it.resource.name}" must be copied to ${it.standby} under the replica of its key.`;
}

/** Its snapshots are under its own key here, and under that of the vault there (AWS Backup, "Encryption for backups"). */
function databaseWithout(it: Subject): string | undefined {
  const arn = outputOf(it.resource, "arn");
  const key = it.resource.text("kmsKeyId");
  const plans = it.stack
    .ofType(BACKUP.selection)
    .filter((one) => one.texts("resources").includes(arn))
    .map((one) => one.text("planId"));
  const vaults = it.stack
    .ofType(BACKUP.plan)
    .filter((plan) => plans.includes(plan.resource.outputs?.["id"] as string | undefined))
    .flatMap((plan) => plan.list("rules").flatMap((rule) => rule.list("copyActions")))
    .map((copy) => copy.text("destinationVaultArn"));
  const isThere = it.stack
    .ofType(BACKUP.vault)
    .some(
      (vault) =>
        vaults.includes(outputOf(vault, "arn")) &&
        vault.region === it.standby &&
        isReplicaOf(vault.text("kmsKeyArn"), key, it),
    );
  return isThere
    ? undefined
    : `"${it.resource.name}" must have copies of its backups in ${it.standby} under the replica of its key.`;
}
