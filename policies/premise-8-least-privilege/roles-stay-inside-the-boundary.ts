import { CONTROL } from "../engine/frameworks.ts";
import { isOfCluster } from "../facts/grants.ts";
import { parseArn } from "../facts/arn.ts";
import { TYPE } from "../facts/resource-types.ts";
import { rule } from "../engine/rule.ts";

export const rolesStayInsideTheBoundary = rule({
  premise: 8,
  id: "roles-stay-inside-the-boundary",
  severity: "critical",
  description: "Whatever a role is granted, it can do no more than the permissions boundary of its environment.",
  remediation: "Set `permissionsBoundary` to the environment's boundary policy.",
  frameworks: [CONTROL.soc2LeastPrivilege, CONTROL.isoPrivilegedAccess, CONTROL.pciLeastPrivilege],
  subjects: { types: [TYPE.role] },
  judge: [
    (it) => (it.has("permissionsBoundary") ? undefined : `"${it.name}" must have a permissions boundary.`),
    (it, stack) => {
      if (!it.has("permissionsBoundary")) return undefined;
      // What clusters do nobody else may, so their boundary is for their roles alone.
      const kind = isOfCluster(it) ? "cluster-boundary" : "boundary";
      const expected = `policy/alicerce/alicerce-${stack.address.environment.name}-${kind}`;
      const boundary = parseArn(it.text("permissionsBoundary") ?? "");
      return boundary?.resource === expected
        ? undefined
        : `"${it.name}" must have the permissions boundary of its own environment.`;
    },
  ],
});
