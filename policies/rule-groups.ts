import type { Rule } from "./engine/rule.ts";
import { nodePoolsAreBounded } from "./premise-2-agent-to-agent/running/node-pools-are-bounded.ts";
import { promisedAgentsKeepTwoPods } from "./premise-2-agent-to-agent/running/promised-agents-keep-two-pods.ts";
import { workloadsCanRun } from "./premise-2-agent-to-agent/running/workloads-can-run.ts";
import { clientPoliciesAreWhole } from "./premise-4-registered-clients/clients/client-policies-are-whole.ts";
import { realmsNameTheirScopes } from "./premise-4-registered-clients/clients/realms-name-their-scopes.ts";
import { realmsSayWhoPeopleAre } from "./premise-4-registered-clients/clients/realms-say-who-people-are.ts";

/** The rules about pods and nodes that can run. */
export const RUNNING: readonly Rule[] = [workloadsCanRun, nodePoolsAreBounded, promisedAgentsKeepTwoPods];

/** The rules about clients of realms, and about what their tokens may ask for. */
export const CLIENTS: readonly Rule[] = [realmsNameTheirScopes, realmsSayWhoPeopleAre, clientPoliciesAreWhole];
