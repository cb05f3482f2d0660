import { CONTROL } from "../../engine/frameworks.ts";
import { rule } from "../../engine/rule.ts";
import { executionBoundaryNameOf } from "../../facts/execution/execution-roles.ts";
import { hostileCalls, mayBeAllowed } from "../../facts/execution/hostile-calls.ts";
import { statementsOf } from "../../facts/policy-document.ts";
import { TYPE } from "../../facts/resource-types.ts";

export const deploymentsCannotEscalate = rule({
  premise: 8,
  id: "deployments-cannot-escalate",
  severity: "critical",
  description:
    "Whatever the roles that deploy are granted, they make no role without a boundary, change none of those that deploy, blind nobody who watches, and read no data.",
  remediation: "Let the boundary of these roles allow the call on nothing, or deny it.",
  frameworks: [CONTROL.soc2LeastPrivilege, CONTROL.isoPrivilegedAccess, CONTROL.pciLeastPrivilege],
  subjects: {
    types: [TYPE.managedPolicy],
    where: (it, stack) =>
      stack.isOurs && `${it.text("path") ?? ""}${it.text("name") ?? ""}` === executionBoundaryNameOf(stack),
  },
  judge: (it, stack) => {
    const statements = statementsOf(it, "policy");
    const possible = hostileCalls(stack.address.environment).filter((call) => mayBeAllowed(statements, call));
    const actions = [...new Set(possible.map(({ action, resource }) => `${action} on ${resource}`))];
    return actions.map((call) => `"${it.name}" must not allow a deployment ${call}.`);
  },
});
