import { CONTROL } from "../engine/frameworks.ts";
import { namesExactActions } from "../facts/grants/actions.ts";
import { grantsOf } from "../facts/grants/documents.ts";
import { grantors } from "../facts/grants/identities.ts";
import { rule } from "../engine/rule.ts";
import { every } from "../engine/three-values.ts";

export const grantsNameExactActions = rule({
  premise: 8,
  id: "grants-name-exact-actions",
  severity: "critical",
  description: "A role, user or group is granted actions by name; none that AWS adds later comes to it by a wildcard.",
  remediation: "List each action in full, without `*`, `?` or NotAction.",
  frameworks: [CONTROL.soc2LeastPrivilege, CONTROL.isoAccessRights, CONTROL.pciLeastPrivilege],
  subjects: grantors,
  foreign: "all",
  judge: (it) => (every(grantsOf(it), namesExactActions) ? undefined : `"${it.name}" must grant exact actions.`),
});
