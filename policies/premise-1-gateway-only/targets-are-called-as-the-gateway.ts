import { CONTROL } from "../engine/frameworks.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";

const CREDENTIALS = "credentialProviderConfiguration";

/** What a gateway calls with credentials of its own: its role, or a client or a key that AgentCore Identity keeps for it. */
const OWN = ["gatewayIamRole", "oauth", "apiKey"];

/** What a gateway would pass on of the caller's. */
const OF_CALLER = ["jwtPassthrough", "callerIamCredentials"];

export const targetsAreCalledAsTheGateway = rule({
  premise: 1,
  id: "targets-are-called-as-the-gateway",
  severity: "high",
  description:
    "A gateway signs its calls of a runtime with its own role, calls everything else with credentials of its own, and never passes the caller's on.",
  remediation:
    "Set `credentialProviderConfiguration.gatewayIamRole.service` to bedrock-agentcore; for what is no runtime, the role, `oauth` or `apiKey`.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoAuthentication],
  subjects: { types: [TYPE.gatewayTarget] },
  judge: [
    (it) => {
      if (!isRuntime(it))
        return OWN.some((kind) => it.has(`${CREDENTIALS}.${kind}`))
          ? undefined
          : `"${it.name}" must be called with the gateway's role or with credentials that the gateway keeps.`;
      return it.text(`${CREDENTIALS}.gatewayIamRole.service`) === "bedrock-agentcore"
        ? undefined
        : `"${it.name}" must be called with the gateway's role, for the service bedrock-agentcore.`;
    },
    (it) =>
      OF_CALLER.some((kind) => it.has(`${CREDENTIALS}.${kind}`))
        ? `"${it.name}" must not be given the credentials of the caller.`
        : undefined,
  ],
});

/** Whether a target is a runtime of AgentCore, which knows its callers by their roles. */
function isRuntime(it: ResourceView): boolean {
  if (it.has("targetConfiguration.http.agentcoreRuntime")) return true;
  const endpoint = it.text("targetConfiguration.mcp.mcpServer.endpoint") ?? "";
  return /^https:\/\/bedrock-agentcore\.[a-z0-9-]+\.amazonaws\.com(?:[/:?]|$)/i.test(endpoint);
}
