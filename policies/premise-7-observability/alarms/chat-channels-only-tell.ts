import { CHAT_GUARD_RAIL } from "../../../environments/observability/chat.ts";
import { CONTROL } from "../../engine/frameworks.ts";
import { rule } from "../../engine/rule.ts";
import { every } from "../../engine/three-values.ts";
import { TYPE } from "../../facts/resource-types.ts";

export const chatChannelsOnlyTell = rule({
  premise: 7,
  id: "chat-channels-only-tell",
  severity: "high",
  description:
    "From a chat channel nobody does anything in the account: without a guard rail, whoever is in the channel has the rights of an administrator.",
  remediation: `Set \`guardrailPolicyArns\` to ${CHAT_GUARD_RAIL} alone, and name at least one topic.`,
  frameworks: [CONTROL.soc2Monitoring, CONTROL.isoMonitoring],
  subjects: { types: [TYPE.chatChannel] },
  judge: [
    (it) => {
      const guardRails = it.texts("guardrailPolicyArns");
      return guardRails.length > 0 && every(guardRails, (one) => one === CHAT_GUARD_RAIL)
        ? undefined
        : `"${it.name}" must have the guard rail ${CHAT_GUARD_RAIL}, and no other.`;
    },
    (it) => (it.texts("snsTopicArns").length > 0 ? undefined : `"${it.name}" must tell the alerts of a topic.`),
  ],
});
