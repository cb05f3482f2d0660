import { CONTROL } from "../engine/frameworks.ts";
import { lookup } from "../engine/lookup.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { absent } from "../engine/three-values.ts";
import { byOutput, referenceOf, referred } from "../facts/reference.ts";
import { agents, POD_TYPES, podPathOf } from "../facts/workloads.ts";

/** What works with a role, and the input that names it. */
const ROLE_INPUT: Readonly<Record<string, string>> = {
  [TYPE.function]: "role",
  [TYPE.gateway]: "roleArn",
  [TYPE.podIdentityAssociation]: "roleArn",
  [TYPE.runtime]: "roleArn",
};

export const agentsHaveTheirOwnIdentity = rule({
  premise: 2,
  id: "agents-have-their-own-identity",
  severity: "high",
  description:
    "An agent shares its service account and its role with nothing else, so that each is granted, audited and revoked alone.",
  remediation: "Give each agent a ServiceAccount with a PodIdentityAssociation, or a runtime role, that no other uses.",
  frameworks: [CONTROL.soc2LeastPrivilege, CONTROL.isoIdentity, CONTROL.pciLeastPrivilege],
  subjects: agents,
  judge: [
    (it, stack) => {
      const key = it.type === TYPE.runtime ? undefined : accountOf(it);
      if (key === undefined) return undefined;
      if (key.endsWith("/") || key.endsWith("/default"))
        return `"${it.name}" must run under a service account of its own.`;
      return accounts(stack).isShared(key) ? `"${it.name}" must not share its service account.` : undefined;
    },
    (it, stack) => {
      const [holder] = it.type === TYPE.runtime ? [it] : associations(stack).find(accountOf(it));
      if (holder === undefined) return absent(`"${it.name}" must have a role, by a pod identity association.`);
      const role = roleOf(holder, stack);
      if (role === undefined) return `"${it.name}" must have a role.`;
      return roles(stack).isShared(role) ? `"${it.name}" must not share its role.` : undefined;
    },
  ],
});

const accounts = lookup(POD_TYPES, accountOf);
const roles = lookup(Object.keys(ROLE_INPUT), roleOf);
const associations = lookup(
  [TYPE.podIdentityAssociation],
  (it) => `${it.text("namespace") ?? ""}/${it.text("serviceAccount") ?? ""}`,
);

function accountOf(it: ResourceView): string {
  return `${it.text("metadata.namespace") ?? "default"}/${it.text(`${podPathOf(it)}.serviceAccountName`) ?? ""}`;
}

/** The role that something works with: by its URN where it is of this stack, else by its ARN. */
function roleOf(it: ResourceView, stack: StackIndex): string | undefined {
  const input = ROLE_INPUT[it.type] ?? "roleArn";
  const role = referred(referenceOf(it, input), byOutput(TYPE.role, "arn", "name"), stack);
  return role?.urn ?? it.text(input);
}
