import { CONTROL } from "../../engine/frameworks.ts";
import { rule } from "../../engine/rule.ts";
import { deployedAt, executionStatementsOf, isExecutionRole } from "../../facts/execution/execution-roles.ts";
import { missingFrom } from "../../facts/execution/own-calls.ts";
import { regionsOf } from "../../facts/execution/own-resources.ts";
import { TYPE } from "../../facts/resource-types.ts";

export const deploymentsMayMakeAndChangeTheirOwn = rule({
  premise: 8,
  id: "deployments-may-make-and-change-their-own",
  severity: "high",
  description:
    "The role that deploys a stack may do what the types of its layer need, in each region of the stack: on what it makes, which has no tag yet, and on what has the tag of the stack. A deployment that lacks one action stops in the middle.",
  remediation:
    "Allow the action with aws:RequestTag for what is made and with aws:ResourceTag for what there is, on every resource that the call is about, and deny it for neither.",
  frameworks: [CONTROL.soc2LeastPrivilege, CONTROL.isoConfiguration, CONTROL.soc2Change],
  subjects: { types: [TYPE.role], where: (it, stack) => stack.isOurs && isExecutionRole(it) },
  judge: (it, stack) => {
    const address = it.text("name") ?? "";
    const at = deployedAt(address, stack);
    if (at === undefined) return `"${it.name}" must have the address of a stack as its name.`;
    const by = { address, account: stack.address.environment.account, regions: regionsOf(at) };
    const missing = missingFrom(executionStatementsOf(address, stack), at.layer, by);
    return [...new Set(missing)].map((call) => `"${it.name}" must allow ${call}.`);
  },
});
