import { CONTROL } from "../../engine/frameworks.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { rule } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import {
  actionsWithoutTag,
  type Deploying,
  isInRegions,
  keysNotDemanded,
  namesWhatHasNames,
} from "../../facts/execution/conditions.ts";
import { addressOfPolicy, deployedAt } from "../../facts/execution/execution-roles.ts";
import { regionsOf } from "../../facts/execution/own-resources.ts";
import { type Statement, statementsOf } from "../../facts/policy-document.ts";
import { TYPE } from "../../facts/resource-types.ts";

export const deploymentsAskForWhatTellsTheirStack = rule({
  premise: 8,
  id: "deployments-ask-for-what-tells-their-stack",
  severity: "high",
  description:
    "What deploys a stack is allowed its actions under conditions that no request meets by leaving a key out: the tag of the stack, its regions, the boundary of roles, the service that a key is used through.",
  remediation:
    "Ask for the key by an operator without IfExists, name resources where the action knows some, and give `*` a condition on aws:RequestedRegion.",
  frameworks: [CONTROL.soc2LeastPrivilege, CONTROL.isoPrivilegedAccess, CONTROL.gdprByDesign],
  subjects: { types: [TYPE.managedPolicy], where: (it, stack) => stack.isOurs && addressOfPolicy(it) !== undefined },
  judge: [
    (it) =>
      allowed(it)
        .filter(({ conditions }) => conditions.some(({ operator }) => /IfExists$/i.test(operator)))
        .map((one) => `"${it.name}" must ask for each key of a condition without IfExists: ${first(one)}.`),
    (it) =>
      allowed(it)
        .filter((one) => !namesWhatHasNames(one))
        .map((one) => `"${it.name}" must name the resources of what knows resources: ${first(one)}.`),
    (it, stack) => {
      const by = deploying(it, stack);
      return allowed(it)
        .filter((one) => !isInRegions(one, by))
        .map((one) => `"${it.name}" must allow what names no resource in the stack's regions alone: ${first(one)}.`);
    },
    (it, stack) => {
      const by = deploying(it, stack);
      return allowed(it)
        .flatMap((one) => actionsWithoutTag(one, by))
        .map((action) => `"${it.name}" must allow ${action} only with the tag of its stack.`);
    },
    (it, { address: { environment } }) =>
      allowed(it).flatMap((one) =>
        keysNotDemanded(one, environment.account).map(
          (key) => `"${it.name}" must allow ${first(one)} only by a known ${key}.`,
        ),
      ),
  ],
});

function allowed(it: ResourceView): readonly Statement[] {
  return statementsOf(it, "policy").filter(({ allows }) => allows);
}

function first({ actions }: Statement): string {
  return actions[0] ?? "all actions";
}

/** A policy that is named after no stack has no regions: nothing that it allows is in them. */
function deploying(it: ResourceView, stack: StackIndex): Deploying {
  const address = addressOfPolicy(it) ?? "";
  const at = deployedAt(address, stack);
  return { address, account: stack.address.environment.account, regions: at === undefined ? [] : regionsOf(at) };
}
