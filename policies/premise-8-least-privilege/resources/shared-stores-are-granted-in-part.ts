import { CONTROL } from "../../engine/frameworks.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { rule } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { every } from "../../engine/three-values.ts";
import { demands } from "../../facts/grants/account.ts";
import { grantsOf } from "../../facts/grants/documents.ts";
import type { Statement } from "../../facts/policy-document.ts";
import { TYPE } from "../../facts/resource-types.ts";

const ITEM = "aws:dynamodb/tableItem:TableItem";

/** What Amazon S3 and AWS Backup ask, who copy the whole bucket. */
const COPIES = ["s3:GetReplicationConfiguration", "s3:GetInventoryConfiguration"];

const OF_KEYS = ["ForAllValues:StringEquals", "ForAllValues:StringLike"];

/** A list that asks for no prefix has none in the request, and is refused by the operators without `IfExists`. */
const OF_PREFIXES = ["StringEquals", "StringLike", "StringLikeIfExists"];

export const sharedStoresAreGrantedInPart = rule({
  premise: 8,
  id: "shared-stores-are-granted-in-part",
  severity: "high",
  description:
    "Of a table that holds what the deployment wrote, and of a bucket's list, a role is granted the keys and the prefixes that are its own.",
  remediation: "Add dynamodb:LeadingKeys, or s3:prefix, with the beginnings of what the role is for.",
  frameworks: [CONTROL.soc2LeastPrivilege, CONTROL.isoAccessRestriction, CONTROL.pciLeastPrivilege],
  subjects: { types: [TYPE.rolePolicy] },
  judge: [
    (it, stack) =>
      every(
        grantsOf(it),
        (grant) => !isOnSharedTable(grant, stack) || isPartial(grant, "dynamodb:LeadingKeys", OF_KEYS),
      )
        ? undefined
        : `"${it.name}" must grant items of the table by dynamodb:LeadingKeys.`,
    (it: ResourceView) =>
      every(
        grantsOf(it),
        (grant) =>
          !grant.covers("s3:ListBucket") ||
          COPIES.some((it) => grant.covers(it)) ||
          isPartial(grant, "s3:prefix", OF_PREFIXES),
      )
        ? undefined
        : `"${it.name}" must grant the list of a bucket by s3:prefix.`,
  ],
});

function isPartial({ conditions }: Statement, key: string, operators: readonly string[]): boolean {
  return demands(conditions, key, (it) => !/^[*?]/.test(it), operators);
}

/** Whether a statement is on a table into which the stack itself writes an item: other roles read that one. */
function isOnSharedTable({ actions, resources }: Statement, stack: StackIndex): boolean {
  if (!actions.some((it) => /^dynamodb:(?:\w*Item|Query|Scan)$/.test(it))) return false;
  const names = stack.ofType(ITEM).map((it) => it.text("tableName"));
  return resources.some((it) => names.some((name) => name !== undefined && it.endsWith(`:table/${name}`)));
}
