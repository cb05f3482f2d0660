import * as z from "zod";
import type { AgentAnswer } from "../../../libraries/agent-client/agent-event.ts";
import { readJson } from "../../library/json-body.ts";
import { once } from "../idempotency/once.ts";
import { PARTNER_AGENTS, type PartnerAgent } from "../agents/ask-agent.ts";
import type { PartnerApiParts } from "./api-parts.ts";
import * as schemas from "./schemas.ts";
import type { Sealer } from "./sealed.ts";
import { type PartnerApi, serve, type ServedRoute } from "./served-route.ts";

const ASK: ServedRoute = {
  method: "post",
  path: "/v1/messages",
  operationId: "askAgent",
  summary: "Asks the tenant's agent, once for each Idempotency-Key, and gives its answer",
  scope: "agents:ask",
  headers: schemas.onceHeaders,
  body: schemas.agentMessage,
  response: { status: 200, description: "The agent's answer.", schema: schemas.agentReply },
  problems: ["conflict", "body-too-large", "unsupported-media-type", "invalid", "agent-failed", "agent-timeout"],
};

/** The routes of conversations with agents. */
export const CONVERSATION_ROUTES: readonly ServedRoute[] = [ASK];

const PURPOSE = "conversation";
const handle = z.object({ agent: z.enum(PARTNER_AGENTS), contextId: z.string(), taskId: z.string().optional() });

/** Serves conversations with the tenant's agent; a partner can only go on with its own. */
export function serveConversations(api: PartnerApi, { ask, cursors, requests }: PartnerApiParts): void {
  serve(api, ASK, async (call) => {
    const { partner, correlationId } = call.var;
    const says = await readJson(call, schemas.agentMessage);
    const before =
      says.conversation === undefined ? firstAgent(says.data) : opened(cursors, partner.id, says.conversation);
    const work = async (key: string): Promise<Response> => {
      const answer = await ask(partner, {
        text: says.text.normalize("NFC"),
        ...(says.data !== undefined && { data: says.data }),
        ...before,
        messageId: `${partner.id}.${key}`,
        correlationId,
        signal: call.req.raw.signal,
      });
      return call.json(replyOf(answer, { agent: before.agent, cursors, partnerId: partner.id }));
    };
    return once(call, { store: requests, route: ASK.operationId, says, work });
  });
}

function opened(cursors: Sealer, partnerId: string, conversation: string): z.output<typeof handle> {
  return handle.parse(JSON.parse(cursors.open(partnerId, PURPOSE, conversation)));
}

/** Records go to the pipeline, words alone to whom answers them; a conversation goes on with the agent that it began with. */
function firstAgent(data: unknown): { readonly agent: PartnerAgent } {
  return { agent: data === undefined ? "coordinator" : "integration-processor" };
}

interface Replied {
  readonly agent: PartnerAgent;
  readonly cursors: Sealer;
  readonly partnerId: string;
}

/** A task is only gone on with while it waits for an answer. */
function replyOf(answer: AgentAnswer, { agent, cursors, partnerId }: Replied) {
  const { state, contextId, taskId, text, data, code } = answer;
  const isWaiting = state === "input-required" || state === "auth-required";
  const next = { agent, contextId, ...(isWaiting && taskId !== undefined && { taskId }) };
  const conversation = cursors.seal(partnerId, PURPOSE, JSON.stringify(next));
  return { conversation, state, text, data, ...(code !== undefined && { code }) };
}
