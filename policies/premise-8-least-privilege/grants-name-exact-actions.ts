import { CONTROL } from "../engine/frameworks.ts";
import { grantors, grantsOf } from "../facts/grants.ts";
import { rule } from "../engine/rule.ts";
import { every } from "../engine/three-values.ts";

export const grantsNameExactActions = rule({
  premise: 8,
  id: "grants-name-exact-actions",
  severity: "critical",
  description: "A role is granted actions by name; none that AWS adds later comes to it by a wildcard.",
  remediation: "List each action in full, without `*`, `?` or NotAction.",
  frameworks: [CONTROL.soc2LeastPrivilege, CONTROL.isoAccessRights, CONTROL.pciLeastPrivilege],
  subjects: grantors,
  foreign: "all",
  judge: (it) =>
    every(
      grantsOf(it),
      ({ actions, isInverted }) =>
        !isInverted && actions.length > 0 && actions.every((action) => /^[a-z0-9-]+:\w+$/.test(action)),
    )
      ? undefined
      : `"${it.name}" must grant exact actions.`,
});
