import type { Rule } from "./engine/rule.ts";
import { partsOfTheNetworkAreWhole } from "./premise-3-private-network/parts/parts-of-the-network-are-whole.ts";
import { servicesLeadToOneWorkload } from "./premise-3-private-network/parts/services-lead-to-one-workload.ts";
import { messagesAreOfNamedRoles } from "./premise-5-tenant-isolation/stores/messages-are-of-named-roles.ts";
import { replicasAreRuledAsTheirPrimary } from "./premise-5-tenant-isolation/stores/replicas-are-ruled-as-their-primary.ts";
import { resourcesHaveTheirParts } from "./premise-5-tenant-isolation/stores/resources-have-their-parts.ts";
import { clusterRolesPassOnNodesAlone } from "./premise-8-least-privilege/resources/cluster-roles-pass-on-nodes-alone.ts";
import { keysStayWithTheAccount } from "./premise-8-least-privilege/resources/keys-stay-with-the-account.ts";
import { sharedStoresAreGrantedInPart } from "./premise-8-least-privilege/resources/shared-stores-are-granted-in-part.ts";

/** What parts of a network are whole, and lead to one place (premise 3). */
export const OF_NETWORKS: readonly Rule[] = [partsOfTheNetworkAreWhole, servicesLeadToOneWorkload];

/** What stores, keys and messages of a tenant need beside what is read of each (premise 5). */
export const OF_STORES: readonly Rule[] = [
  messagesAreOfNamedRoles,
  replicasAreRuledAsTheirPrimary,
  resourcesHaveTheirParts,
];

/** What grants name beside actions and resources (premise 8). */
export const OF_GRANTS: readonly Rule[] = [
  clusterRolesPassOnNodesAlone,
  keysStayWithTheAccount,
  sharedStoresAreGrantedInPart,
];
