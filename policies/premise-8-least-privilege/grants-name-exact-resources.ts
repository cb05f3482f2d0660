import { CONTROL } from "../engine/frameworks.ts";
import { mayNameEverything } from "../facts/grants/actions.ts";
import { addressOfPolicy } from "../facts/execution/execution-roles.ts";
import { grantsOf } from "../facts/grants/documents.ts";
import { namesOneResource } from "../facts/grants/exact-resources.ts";
import { grantors } from "../facts/grants/identities.ts";
import { isForLambdaAlone } from "../facts/grants/network-interfaces.ts";
import type { Statement } from "../facts/policy-document.ts";
import { rule } from "../engine/rule.ts";
import { every } from "../engine/three-values.ts";

export const grantsNameExactResources = rule({
  premise: 8,
  id: "grants-name-exact-resources",
  severity: "critical",
  description:
    "A role, user or group is granted its actions on the resources that it needs, and on no others of their kind.",
  remediation:
    "Name the ARN; a wildcard only after a whole name, `*` only for actions that know no resource and for cloudwatch:PutMetricData by namespace.",
  frameworks: [CONTROL.soc2LeastPrivilege, CONTROL.isoAccessRights, CONTROL.pciLeastPrivilege],
  subjects: grantors,
  foreign: "all",
  judge: (it) => {
    // Of what deploys a stack, deployments-keep-to-their-stack says which resources are the stack's own.
    const isFine = (statement: Statement): boolean =>
      isExact(statement) || isForLambdaAlone(statement, it) || addressOfPolicy(it) !== undefined;
    return every(grantsOf(it), isFine) ? undefined : `"${it.name}" must grant its actions on exact resources.`;
  },
});

function isExact(statement: Statement): boolean {
  const { isInverted, resources } = statement;
  if (isInverted || resources.length === 0) return false;
  return resources.every(namesOneResource) || mayNameEverything(statement);
}
