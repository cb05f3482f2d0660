import { TAG } from "../../contracts/tags.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { NODE_CLASS, serviceOfNodes } from "../facts/network/dedicated-nodes.ts";
import {
  admittedBy,
  attachedTo,
  groupsNamed,
  PREFIX_LISTS,
  RANGES,
  sourcesOf,
} from "../facts/network/security-groups.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { every } from "../engine/three-values.ts";
import type { Value } from "../engine/value.ts";

const GROUPS = "vpcSecurityGroupIds";
const PROXY = "aws:rds/proxy:Proxy";

export const databasesAdmitOnlyTheirServer = rule({
  premise: 3,
  id: "databases-admit-only-their-server",
  severity: "critical",
  description: "A database is reached from the workloads of its own service, by security group, and from no address.",
  remediation:
    "Admit a security group of the same stack that is attached only to workloads with the database's own service tag, or to nodes with its taint, and no range of addresses.",
  frameworks: [CONTROL.soc2Boundary, CONTROL.isoSegregation, CONTROL.pciNetwork],
  subjects: { types: [TYPE.database, TYPE.databaseInstance, PROXY] },
  judge: [
    (it) => (it.list(GROUPS).length > 0 ? undefined : `"${it.name}" must name the security groups it is in.`),
    (it, stack) =>
      every(groupsNamed({ value: it, of: it }, GROUPS, stack), (group) => group !== undefined)
        ? undefined
        : `"${it.name}" must be in security groups of its own stack only.`,
    (it, stack) =>
      every(ownGroups(it, stack), (group) => every(sourcesOf(group, stack), ({ value }) => !admitsAddresses(value)))
        ? undefined
        : `"${it.name}" must admit security groups only, and no addresses.`,
    (it, stack) =>
      every(ownGroups(it, stack), (group) =>
        every(admittedBy(group, stack), (client) => client !== undefined && isOfService(client, it, stack)),
      )
        ? undefined
        : `"${it.name}" must admit only workloads of its own service.`,
  ],
});

function ownGroups(database: ResourceView, stack: StackIndex): readonly ResourceView[] {
  return groupsNamed({ value: database, of: database }, GROUPS, stack).filter((it) => it !== undefined);
}

/** Whether a source is a range of addresses, or one that cannot be looked up. */
function admitsAddresses(source: Value): boolean {
  if (source.flag("self") === true) return true;
  return [...RANGES, ...PREFIX_LISTS].some((input) => source.list(input).length > 0);
}

function isOfService(client: ResourceView, database: ResourceView, stack: StackIndex): boolean {
  const service = database.tag(TAG.service);
  return every(attachedTo(client, stack), (it) => service !== undefined && serviceOf(it, stack) === service);
}

/** The service of what is in a security group: nodes bring all the pods that may run there. */
function serviceOf(it: ResourceView, stack: StackIndex): string | undefined {
  return it.type === NODE_CLASS ? serviceOfNodes(it, stack) : it.tag(TAG.service);
}
