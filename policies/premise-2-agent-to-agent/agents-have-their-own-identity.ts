import { CONTROL } from "../engine/frameworks.ts";
import { lookup } from "../engine/lookup.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { absent } from "../engine/three-values.ts";
import { agents } from "../facts/workloads.ts";

export const agentsHaveTheirOwnIdentity = rule({
  premise: 2,
  id: "agents-have-their-own-identity",
  severity: "high",
  description: "No two agents share a service account or a role, so that each is granted, audited and revoked alone.",
  remediation: "Give each agent a ServiceAccount with a PodIdentityAssociation, or a runtime role, that no other uses.",
  frameworks: [CONTROL.soc2LeastPrivilege, CONTROL.isoIdentity, CONTROL.pciLeastPrivilege],
  subjects: agents,
  judge: [
    (it, stack) => {
      const key = it.type === TYPE.deployment ? accountOf(it) : undefined;
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

const accounts = lookup([TYPE.deployment], accountOf);
const roles = lookup([TYPE.runtime, TYPE.podIdentityAssociation], roleOf);
const associations = lookup(
  [TYPE.podIdentityAssociation],
  (it) => `${it.text("namespace") ?? ""}/${it.text("serviceAccount") ?? ""}`,
);

function accountOf(it: ResourceView): string {
  return `${it.text("metadata.namespace") ?? "default"}/${it.text("spec.template.spec.serviceAccountName") ?? ""}`;
}

/** The role of a runtime or association: by its URN where it is in this stack, else by its ARN. */
function roleOf(it: ResourceView, stack: StackIndex): string | undefined {
  const role = stack.linked(it, "roleArn").find(({ type }) => type === TYPE.role);
  return role?.urn ?? it.text("roleArn");
}
