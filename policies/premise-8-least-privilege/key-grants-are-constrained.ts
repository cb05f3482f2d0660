import { CONTROL } from "../engine/frameworks.ts";
import { rule } from "../engine/rule.ts";
import { every } from "../engine/three-values.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { demands } from "../facts/grants/account.ts";
import { grantsOf } from "../facts/grants/documents.ts";
import { signsInOneWay, usesKeysThroughStores } from "../facts/grants/keys/key-use.ts";
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
    "Who may pass on the use of a key passes on no more than reading and writing, in an encryption context, or lets a service of AWS do so for its own resources; who may use it does so through a store, and signs in one way.",
  remediation:
    "Allow kms:CreateGrant with kms:GrantConstraintType EncryptionContextSubset, and with kms:GrantOperations among Decrypt and GenerateDataKey, or with kms:GrantIsForAWSResource and the services in kms:ViaService; kms:Decrypt with kms:ViaService, and kms:Sign with kms:SigningAlgorithm.",
  frameworks: [CONTROL.soc2LeastPrivilege, CONTROL.isoCryptography, CONTROL.pciLeastPrivilege],
  subjects: {
    types: [TYPE.rolePolicy, TYPE.role, POLICY],
    where: (it) => it.type !== TYPE.role || it.list("inlinePolicies").length > 0,
  },
  judge: [
    (it) => {
      const isFine = (grant: Statement): boolean =>
        !grant.covers("kms:CreateGrant") || isConstrained(grant) || isForServices(grant);
      return every(allowedBy(it), isFine)
        ? undefined
        : `"${it.name}" must constrain the grants of keys that it allows.`;
    },
    (it, stack) =>
      !stack.isOurs || it.type === POLICY || usesKeysThroughStores(allowedBy(it))
        ? undefined
        : `"${it.name}" must allow the use of keys by kms:ViaService, through the stores that it is for.`,
    (it, stack) =>
      !stack.isOurs || it.type === POLICY || every(allowedBy(it), signsInOneWay)
        ? undefined
        : `"${it.name}" must allow kms:Sign with one kms:MessageType and one kms:SigningAlgorithm.`,
  ],
});

function allowedBy(it: ResourceView): readonly Statement[] {
  return it.type === POLICY ? statementsOf(it, "policy").filter(({ allows }) => allows) : grantsOf(it);
}

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
