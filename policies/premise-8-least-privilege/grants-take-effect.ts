import { CONTROL } from "../engine/frameworks.ts";
import { rule } from "../engine/rule.ts";
import { isWithoutResource } from "../facts/grants/actions.ts";
import { grantsOf } from "../facts/grants/documents.ts";
import { statementsOf } from "../facts/policy-document.ts";
import { TYPE } from "../facts/resource-types.ts";

const POLICY = "aws:iam/policy:Policy";

export const grantsTakeEffect = rule({
  premise: 8,
  id: "grants-take-effect",
  severity: "high",
  description:
    "What a role is granted it can do: an action that knows no resource is granted on `*`, since on an ARN it never is.",
  remediation: "Move the action into a statement with the resource `*`, or take it out and call what knows a resource.",
  frameworks: [CONTROL.soc2LeastPrivilege, CONTROL.isoAccessRights],
  subjects: {
    types: [TYPE.rolePolicy, TYPE.role, POLICY],
    where: (it) => it.type !== TYPE.role || it.list("inlinePolicies").length > 0,
  },
  judge: (it) => {
    const grants = it.type === POLICY ? statementsOf(it, "policy").filter(({ allows }) => allows) : grantsOf(it);
    const lost = grants
      .filter(({ resources }) => resources.length > 0 && !resources.includes("*"))
      .flatMap(({ actions }) => actions.filter(isWithoutResource));
    return [...new Set(lost)].map((action) => `"${it.name}" must grant ${action} on "*", or not at all.`);
  },
});
