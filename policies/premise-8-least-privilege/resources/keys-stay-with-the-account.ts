import { CONTROL } from "../../engine/frameworks.ts";
import { type Fault, rule } from "../../engine/rule.ts";
import { statementsOf } from "../../facts/policy-document.ts";
import { allows, mayDeny } from "../../facts/reach/permission.ts";
import { TYPE } from "../../facts/resource-types.ts";

/** With what the account keeps a key manageable: a key that nobody may change is lost with its data (AWS KMS developer guide, "Default key policy"). */
const ADMINISTRATION = [
  "kms:CancelKeyDeletion",
  "kms:DescribeKey",
  "kms:EnableKey",
  "kms:GetKeyPolicy",
  "kms:PutKeyPolicy",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
];

/** What only another AWS service may be passed on. */
const GRANTS = "kms:CreateGrant";

export const keysStayWithTheAccount = rule({
  premise: 8,
  id: "keys-stay-with-the-account",
  severity: "high",
  description:
    "Each key can be administered by whom its account lets do it, and services pass on its use to AWS alone, for what they name.",
  remediation:
    "Let the account's root administer the key, each action by its name; add kms:GrantIsForAWSResource and kms:GrantOperations to what lets a service create grants.",
  frameworks: [CONTROL.isoCryptography, CONTROL.isoPrivilegedAccess, CONTROL.pciDataAtRest],
  subjects: { types: [TYPE.key, TYPE.replicaKey], where: (it) => it.has("policy") },
  judge: [
    (it, { address }): readonly Fault[] => {
      const root = `arn:aws:iam::${address.environment.account}:root`;
      const own = statementsOf(it, "policy").filter(({ principals }) => principals.some(({ id }) => id === root));
      return ADMINISTRATION.map((action) => {
        const call = { action, resource: "*", context: {} };
        return allows(own, call) && !mayDeny(own, call)
          ? undefined
          : `"${it.name}" must let the account do ${action}, or nobody ever can.`;
      });
    },
    (it) => {
      const services = statementsOf(it, "policy").filter(
        (one) => one.allows && one.covers(GRANTS) && one.principals.some(({ kind }) => kind === "Service"),
      );
      const isBound = services.every(({ conditions }) =>
        [
          ["Bool", "kms:GrantIsForAWSResource"],
          ["ForAllValues:StringEquals", "kms:GrantOperations"],
        ].every(([operator, key]) => conditions.some((one) => one.operator === operator && one.key === key)),
      );
      return isBound ? undefined : `"${it.name}" must let services create grants for AWS alone, of operations by name.`;
    },
  ],
});
