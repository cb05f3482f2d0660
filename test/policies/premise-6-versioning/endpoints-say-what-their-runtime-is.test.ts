import { endpointsSayWhatTheirRuntimeIs } from "../../../policies/premise-6-versioning/endpoints-say-what-their-runtime-is.ts";
import { testRule } from "../../support/rule-tester.ts";
import { planOf } from "../programs.ts";

const TAGS = { "alicerce:kind": "mcp-server", "alicerce:service": "files", "alicerce:version": "1.0.0" };

const endpoint = (tags: Readonly<Record<string, string>>, agentRuntimeId = "files-1") =>
  planOf(
    {
      type: "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime",
      name: "files",
      inputs: { tags: TAGS },
      outputs: { agentRuntimeId: "files-1" },
    },
    {
      type: "aws:bedrock/agentcoreAgentRuntimeEndpoint:AgentcoreAgentRuntimeEndpoint",
      name: "files-v1",
      inputs: { agentRuntimeId, tags },
    },
  );
const must = (tag: string): string => `"files-v1" must have the tag alicerce:${tag} of "files".`;

testRule(endpointsSayWhatTheirRuntimeIs, {
  accepts: {
    "the same tags": endpoint(TAGS),
    "a tag of its own beside them": endpoint({ ...TAGS, team: "data" }),
    "a runtime that is not declared, which a proof refuses": endpoint({}, "other"),
  },
  rejects: {
    "another version": [endpoint({ ...TAGS, "alicerce:version": "2.0.0" }), must("version")],
    "a day of its end that the runtime does not have": [
      endpoint({ ...TAGS, "alicerce:remove-on": "2027-06-15" }),
      must("remove-on"),
    ],
    "no tags": [endpoint({}), must("kind"), must("service"), must("version")],
  },
});
