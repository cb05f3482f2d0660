import type { Rule } from "../engine/rule.ts";
import { agentsHaveTheirOwnIdentity } from "../premise-2-agent-to-agent/agents-have-their-own-identity.ts";
import { agentsMeetOnlyOnTheA2aPort } from "../premise-2-agent-to-agent/agents-meet-only-on-the-a2a-port.ts";
import { agentsScaleIndependently } from "../premise-2-agent-to-agent/agents-scale-independently.ts";
import { agentsSpeakA2a } from "../premise-2-agent-to-agent/agents-speak-a2a.ts";
import { eventsOfOthersAreNotHeard } from "../premise-2-agent-to-agent/events-of-others-are-not-heard.ts";
import { podsPreemptNobody } from "../premise-2-agent-to-agent/pods-preempt-nobody.ts";
import { nodePoolsAreBounded } from "../premise-2-agent-to-agent/running/node-pools-are-bounded.ts";
import { nodePoolsMakeNodes } from "../premise-2-agent-to-agent/running/node-pools-make-nodes.ts";
import { podsHaveTheirPlaces } from "../premise-2-agent-to-agent/running/pods-have-their-places.ts";
import { promisedAgentsKeepTwoPods } from "../premise-2-agent-to-agent/running/promised-agents-keep-two-pods.ts";
import { workloadsAreToldWhatTheyRead } from "../premise-2-agent-to-agent/running/workloads-are-told-what-they-read.ts";
import { workloadsCanRun } from "../premise-2-agent-to-agent/running/workloads-can-run.ts";

/** The rules of premise 2. */
export const PREMISE_2: readonly Rule[] = [
  agentsHaveTheirOwnIdentity,
  agentsMeetOnlyOnTheA2aPort,
  workloadsCanRun,
  workloadsAreToldWhatTheyRead,
  nodePoolsAreBounded,
  nodePoolsMakeNodes,
  podsHaveTheirPlaces,
  promisedAgentsKeepTwoPods,
  agentsScaleIndependently,
  agentsSpeakA2a,
  eventsOfOthersAreNotHeard,
  podsPreemptNobody,
];
