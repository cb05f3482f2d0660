import * as aws from "@pulumi/aws";
import { mcpEndpointsPinAVersion } from "../../../policies/premise-6-versioning/mcp-endpoints-pin-a-version.ts";
import { testRule } from "../../support/rule-tester.ts";
import { endpointOf, runtimeOf, served } from "../programs.ts";

testRule(
  mcpEndpointsPinAVersion,
  {
    accepts: {
      "an endpoint at the version that the runtime has": () => {
        const opts = served();
        endpointOf("live", runtimeOf("database", opts), opts);
      },
    },
    rejects: {
      "a runtime without an endpoint": [
        () => void runtimeOf("database", served()),
        '"database" must have an endpoint that pins its version.',
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
