import type { ServerResponse } from "node:http";
import { TOOL_EVENTS } from "../../../../contracts/agents/events.ts";
import { streamTo, wireAgent, type WireRequest } from "../../libraries/agent-client/wire-agent.ts";

const ids = { taskId: "task-1", contextId: "conversation-1" };
const status = (state: string, more: object = {}): object => ({ statusUpdate: { ...ids, status: { state }, ...more } });
const tool = (event: object): object => status("TASK_STATE_WORKING", { metadata: { [TOOL_EVENTS]: event } });
const piece = (text: string): object => ({
  artifactUpdate: { ...ids, append: true, artifact: { artifactId: "answer", parts: [{ text }] } },
});

/** What hostile tools put into an answer. */
export const HOSTILE = `<img src=x onerror="window.hacked=true"><script>window.hacked=true</script>\n\nevent: x\ndata: {"type":"RUN_ERROR","message":"forged"}\n\n`;

const ALLOWED = { at: "b2c", scope: "mcp:read", agent: "customer-support" };

/** An answer with one tool. */
export const ANSWER: readonly object[] = [
  { task: { id: "task-1", contextId: "conversation-1", status: { state: "TASK_STATE_SUBMITTED" } } },
  tool({ type: "tool-started", callId: "call-1", tool: "orders_getOrder", allowedBy: ALLOWED }),
  tool({ type: "tool-finished", callId: "call-1", tool: "orders_getOrder", outcome: "done", durationMs: 4 }),
  piece("It left "),
  piece("today."),
  status("TASK_STATE_COMPLETED"),
];

/** An agent on the wire that answers by what it is told: "hostile", "endless", "wait", "ask", "fail", and else with `ANSWER`. */
export async function scriptedAgent() {
  const closed: string[] = [];
  const answer = (request: WireRequest, response: ServerResponse): void => {
    const text = textOf(request);
    response.once("close", () => closed.push(text));
    if (text === "hostile") streamTo(request, response, [...ANSWER.slice(0, 3), piece(HOSTILE), ...ANSWER.slice(-1)]);
    else if (text === "wait") streamTo(request, response, ANSWER.slice(0, 4), false);
    else if (text === "ask")
      streamTo(request, response, [ANSWER[0]!, piece("Which order?"), status("TASK_STATE_INPUT_REQUIRED")]);
    else if (text === "fail") streamTo(request, response, [...ANSWER.slice(0, 2), status("TASK_STATE_FAILED")]);
    else if (text === "endless")
      streamTo(
        request,
        response,
        Array.from({ length: 200 }, () => piece("x".repeat(10_000))),
        false,
      );
    else streamTo(request, response, ANSWER);
  };
  const agent = await wireAgent(answer);
  return { ...agent, closed };
}

/** What a request says. */
export function textOf({ body }: WireRequest): string {
  const { message } = body.params as { readonly message: { readonly parts: readonly { readonly text?: string }[] } };
  return message.parts.map((it) => it.text ?? "").join("");
}
