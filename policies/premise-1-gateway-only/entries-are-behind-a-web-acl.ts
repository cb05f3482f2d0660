import { CONTROL } from "../engine/frameworks.ts";
import { rule } from "../engine/rule.ts";
import { absent } from "../engine/three-values.ts";
import { isBehindWebAcl } from "../facts/network/web-acls.ts";
import { TYPE } from "../facts/resource-types.ts";

/** What AWS gives a public name, and the output by which an association names it. */
const ENTRIES: Readonly<Record<string, string>> = { [TYPE.gateway]: "gatewayArn", [TYPE.userPool]: "arn" };

export const entriesAreBehindAWebAcl = rule({
  premise: 1,
  id: "entries-are-behind-a-web-acl",
  severity: "high",
  description:
    "A web ACL of the same region stands before each gateway and each pool of users, which the internet reaches.",
  remediation: "Add a WebAclAssociation of its ARN with a regional web ACL of the same region.",
  frameworks: [CONTROL.soc2Boundary, CONTROL.isoNetwork, CONTROL.pciNetwork],
  subjects: { types: Object.keys(ENTRIES) },
  judge: (it, stack) =>
    isBehindWebAcl(it, ENTRIES[it.type] ?? "arn", stack)
      ? undefined
      : absent(`"${it.name}" must be guarded by a web ACL of its region.`),
});
