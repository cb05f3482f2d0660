import { CONTROL } from "../../engine/frameworks.ts";
import { type Fault, rule } from "../../engine/rule.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { every } from "../../engine/three-values.ts";
import { isArnOfOwnAccount } from "../../facts/grants/account.ts";
import { namesExactActions } from "../../facts/grants/actions.ts";
import { grantsOf, typesWith } from "../../facts/grants/documents.ts";
import type { Statement } from "../../facts/policy-document.ts";
import { TYPE } from "../../facts/resource-types.ts";

/** Types whose policy is of one resource alone, which `*` stands for (AWS KMS developer guide, "Key policies"). */
const OF_ITSELF: readonly string[] = [TYPE.key, TYPE.replicaKey, "aws:kms/keyPolicy:KeyPolicy"];

export const resourcePoliciesNameWhatTheyAllow = rule({
  premise: 8,
  id: "resource-policies-name-what-they-allow",
  severity: "critical",
  description:
    "The policy of a key, a bucket, a topic, a queue, a function or a runtime allows actions by name, to principals by name, on resources by name.",
  remediation: "List each action, principal and resource in full, without `*`, NotAction, NotPrincipal or NotResource.",
  frameworks: [CONTROL.soc2LeastPrivilege, CONTROL.isoAccessRestriction, CONTROL.pciLeastPrivilege],
  subjects: { types: typesWith("resource"), where: (it) => grantsOf(it, "resource").length > 0 },
  judge: [
    (it, stack) =>
      unless(
        (grant) => namesExactActions(grant) || leavesItToIam(grant, it, stack),
        it,
        "allow each action by its name",
      ),
    (it) => unless(namesPrincipals, it, "name each principal that it lets in"),
    (it) => unless((grant) => namesResources(grant, it), it, "name the resources that it is on"),
  ],
});

function unless(isFine: (grant: Statement) => boolean, it: ResourceView, must: string): Fault {
  return every(grantsOf(it, "resource"), isFine) ? undefined : `"${it.name}" must ${must}.`;
}

/**
 * Whether a statement of a key is that of AWS's default key policy, which a key without a policy has as well: policies of IAM in its own
 * account say by name who does what with the key (AWS KMS developer guide, "Default key policy").
 */
function leavesItToIam(
  { actions, isInverted, principals }: Statement,
  { type }: ResourceView,
  stack: StackIndex,
): boolean {
  const [only, ...others] = principals;
  if (!OF_ITSELF.includes(type) || isInverted || only?.kind !== "AWS" || others.length > 0) return false;
  return actions.every((it) => it === "kms:*") && only.id.endsWith(":root") && isArnOfOwnAccount(only.id, stack);
}

function namesPrincipals({ principals, notPrincipals }: Statement): boolean {
  return notPrincipals === undefined && every(principals, ({ id }) => id !== "*");
}

function namesResources({ notResources, resources }: Statement, { type }: ResourceView): boolean {
  return notResources === undefined && (OF_ITSELF.includes(type) || !resources.includes("*"));
}
