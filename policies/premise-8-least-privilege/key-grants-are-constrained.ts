import { CONTROL } from "../engine/frameworks.ts";
import { rule } from "../engine/rule.ts";
import { every } from "../engine/three-values.ts";
import { demands } from "../facts/grants/account.ts";
import { grantsOf } from "../facts/grants/documents.ts";
import { type Statement, statementsOf } from "../facts/policy-document.ts";
import { TYPE } from "../facts/resource-types.ts";

const POLICY = "aws:iam/policy:Policy";

/** A service by its name, of one region or of any, as AWS KMS names it. */
const SERVICE = /^[a-z0-9-]+\.(?:\*|[a-z0-9-]+)\.amazonaws\.com$/;

/** What may be passed on of a key: to read, and to write, what is encrypted. */
const OPERATIONS = ["Decrypt", "GenerateDataKey"];

export const keyGrantsAreConstrained = rule({
  premise: 8,
  id: "key-grants-are-constrained",
  severity: "critical",
  description:
    "Who may pass on the use of a key passes on no more than reading and writing, in an encryption context, or lets a service of AWS do so for its own resources.",
  remediation:
    "Allow kms:CreateGrant with kms:GrantConstraintType EncryptionContextSubset, and with kms:GrantOperations among Decrypt and GenerateDataKey; or with kms:GrantIsForAWSResource and the services in kms:ViaService.",
  frameworks: [CONTROL.soc2LeastPrivilege, CONTROL.isoCryptography, CONTROL.pciLeastPrivilege],
  subjects: {
    types: [TYPE.rolePolicy, TYPE.role, POLICY],
    where: (it) => it.type !== TYPE.role || it.list("inlinePolicies").length > 0,
  },
  judge: (it) => {
    const grants = it.type === POLICY ? statementsOf(it, "policy").filter(({ allows }) => allows) : grantsOf(it);
    const isFine = (grant: Statement): boolean =>
      !grant.covers("kms:CreateGrant") || isConstrained(grant) || isForServices(grant);
    return every(grants, isFine) ? undefined : `"${it.name}" must constrain the grants of keys that it allows.`;
  },
});

/** Whether only a service of AWS, asked through itself, passes the key on, and to its own resources alone (AWS KMS, `kms:GrantIsForAWSResource`). */
function isForServices({ actions, conditions }: Statement): boolean {
  const isForResources = conditions.some(
    ({ operator, key, values }) =>
      operator === "Bool" && key === "kms:GrantIsForAWSResource" && values.join() === "true",
  );
  const isThrough = demands(conditions, "kms:ViaService", (it) => SERVICE.test(it), ["StringEquals", "StringLike"]);
  return actions.length === 1 && isForResources && isThrough;
}

function isConstrained({ actions, conditions }: Statement): boolean {
  const kind = conditions.some(
    ({ operator, key, values }) =>
      operator === "StringEquals" && key === "kms:GrantConstraintType" && values.join() === "EncryptionContextSubset",
  );
  const operations = conditions.some(
    ({ operator, key, values }) =>
      operator === "ForAllValues:StringEquals" &&
      key === "kms:GrantOperations" &&
      values.length > 0 &&
      values.every((it) => OPERATIONS.includes(it)),
  );
  return actions.length === 1 && kind && operations;
}
