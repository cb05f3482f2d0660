import * as aws from "@pulumi/aws";
import { mcpEndpointsPinAVersion } from "../../../policies/premise-6-versioning/mcp-endpoints-pin-a-version.ts";
import { testRule } from "../../support/rule-tester.ts";
import { endpointOf, planOf, runtimeOf, served } from "../programs.ts";

testRule(
  mcpEndpointsPinAVersion,
  {
    accepts: {
      "an endpoint at a version by its number": () => {
        const opts = served();
        endpointOf("live", runtimeOf("database", opts), opts);
      },
    },
    rejects: {
      "a runtime without an endpoint": [
        () => void runtimeOf("database", served()),
        '"database" must have an endpoint that pins its version.',
      ],
      "an endpoint that follows what was built last": [
        () => {
          const opts = served();
          const { agentRuntimeId, agentRuntimeVersion } = runtimeOf("database", opts);
          new aws.bedrock.AgentcoreAgentRuntimeEndpoint("live", { agentRuntimeId, agentRuntimeVersion }, opts);
        },
        '"live" must serve a version that was chosen, not the one that was built last.',
      ],
      "an endpoint at a name": [
        planOf({
          type: "aws:bedrock/agentcoreAgentRuntimeEndpoint:AgentcoreAgentRuntimeEndpoint",
          name: "live",
          inputs: { agentRuntimeId: "database-0123456789", agentRuntimeVersion: "latest" },
        }),
        '"live" must name its version by the number that AgentCore gave it.',
      ],
      "an endpoint that serves whatever is newest": [
        () => {
          const opts = served();
          const { agentRuntimeId } = runtimeOf("database", opts);
          new aws.bedrock.AgentcoreAgentRuntimeEndpoint("live", { agentRuntimeId }, opts);
        },
        '"live" must name the version that it serves.',
      ],
    },
  },
  { preview: "realistic" },
);
