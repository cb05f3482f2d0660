import * as z from "zod";
import type { AgentName } from "../../../../contracts/agents/names.ts";
import type { AgentClient } from "../../agent-client/agent-client.ts";
import { Problem } from "../../service-kit/problem.ts";
import type { AgentTool } from "./agent-tool.ts";

const inputSchema = z.object({
  message: z.string().min(1).max(4_000).describe("what to ask, with everything that the other agent must know"),
});

/** Another agent of the tenant as a tool: the person's context goes on as it came, and no longer than the caller waits. */
export function peerTool(peer: AgentName, description: string, client: Pick<AgentClient, "send">): AgentTool {
  return {
    name: peer,
    description,
    inputSchema: z.toJSONSchema(inputSchema),
    scope: "mcp:read",
    at: "agent",
    run: async (input, { turn, signal }) => {
      const asked = inputSchema.safeParse(input);
      if (!asked.success) throw new Problem("ERR_TOOL_INPUT", "no message", "the tool takes a message");
      const { userContext, correlationId, deadlineAt } = turn;
      const answer = await client.send({
        text: asked.data.message,
        userContext,
        correlationId,
        deadlineMs: deadlineAt - Date.now(),
        signal,
      });
      if (answer.state === "completed") return answer.text;
      throw new Problem(
        answer.code ?? "ERR_AGENT_ANSWER",
        `the agent ${answer.state}`,
        answer.text || "the agent failed",
      );
    },
  };
}
