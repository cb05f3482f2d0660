import type { AgentName } from "../../../contracts/agents/names.ts";
import type { AgentDefinition, AgentParts } from "../../libraries/agent-process/agent-definition.ts";
import { modelledWork } from "../../libraries/agent-loop/agent-work.ts";
import type { Script, SeenResult } from "../../libraries/agent-loop/model/scripted-model.ts";
import { peerTool } from "../../libraries/agent-loop/tools/peer-tool.ts";

const SPECIALISTS: readonly { readonly name: AgentName; readonly about: string; readonly words: RegExp }[] = [
  {
    name: "customer-support",
    about: "orders, returns and the account",
    words: /order|pedido|return|devolu|account|conta/i,
  },
  {
    name: "product-recommendation",
    about: "products and recommendations",
    words: /product|produto|recommend|recomend|mug|buy|compra/i,
  },
];

/** Chooses which specialists answer, asks them in order, and puts the answer together (orchestration). */
export const coordinator: AgentDefinition = {
  description: {
    name: "coordinator",
    description: "Takes a question and has the right specialists answer it.",
    version: "1.0.0",
    skills: [
      {
        id: "coordinate",
        name: "Coordinate",
        description: "Asks the specialists and puts their answers together.",
        tags: ["orchestration"],
        examples: ["Where is my order, and which mugs are there?"],
      },
    ],
  },
  work: (parts) =>
    modelledWork({
      name: "coordinator",
      prompt: "You coordinate specialists. Ask each that the question concerns, once, and put their answers together.",
      model: parts.model(script),
      // Specialists serve consumers; whoever else calls is told what there is.
      tools: ({ caller }) => Promise.resolve(caller.kind === "consumer" ? specialists(parts) : []),
      memory: parts.memory,
      log: parts.log,
    }),
};

function specialists({ peer }: AgentParts) {
  return SPECIALISTS.map(({ name, about }) => peerTool(name, `The agent for ${about}.`, peer(name)));
}

/** What the scripted model does: it asks each specialist whose words are in the question. */
const script: Script = ({ text, results, tools }) => {
  if (results.length > 0) return { answer: results.map(spokenAnswer).join("\n\n") };
  const calls = SPECIALISTS.filter(({ name, words }) => words.test(text) && tools.includes(name));
  if (calls.length === 0) return { answer: "I can ask about orders and returns, and about products." };
  return { calls: calls.map(({ name }) => ({ tool: name, input: { message: text } })) };
};

/** What a specialist said; where it failed, that it did, and not why. */
function spokenAnswer({ tool, words, isError }: SeenResult): string {
  return isError
    ? `The agent for ${SPECIALISTS.find(({ name }) => name === tool)?.about ?? tool} did not answer.`
    : words;
}
