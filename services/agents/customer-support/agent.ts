import type { AgentDefinition } from "../../libraries/agent-process/agent-definition.ts";
import { modelledWork } from "../../libraries/agent-loop/agent-work.ts";
import type { Script } from "../../libraries/agent-loop/model/scripted-model.ts";
import { gatewayTools } from "../../libraries/agent-loop/tools/gateway-tools.ts";
import { spokenOrders } from "../words/spoken-results.ts";
import { toolsFrom } from "../../libraries/agent-loop/tools/agent-tool.ts";

const [LIST, GET, CANCEL] = [
  "api-integration___orders_listOrders",
  "api-integration___orders_getOrder",
  "api-integration___orders_cancelOrder",
] as const;

/** Orders, returns, and questions about the account, for consumers. */
export const customerSupport: AgentDefinition = {
  description: {
    name: "customer-support",
    description: "Answers a consumer's questions about orders and returns.",
    version: "1.0.0",
    skills: [
      {
        id: "orders",
        name: "Orders",
        description: "Tells which orders there are and where they stand.",
        tags: ["orders", "returns"],
        examples: ["Where is my order?", "Where is order ord-1001?"],
      },
    ],
  },
  work: (parts) => {
    const client = parts.gateway("b2c");
    const allowed = { [LIST]: "mcp:read", [GET]: "mcp:read", [CANCEL]: "mcp:write" } as const;
    const sources = client === undefined ? [] : [gatewayTools({ client, scenario: "b2c", allowed })];
    return modelledWork({
      name: "customer-support",
      prompt:
        "You are the customer support of a shop. Answer shortly, from what the tools say, in the person's language.",
      model: parts.model(script),
      tools: toolsFrom(sources, (error) => parts.log({ error })),
      memory: parts.memory,
      log: parts.log,
    });
  },
};

/** What the scripted model does: it looks up the order that is named, else all. */
const script: Script = ({ text, results, tools }) => {
  const [result] = results;
  if (result !== undefined) return { answer: spokenOrders(result) };
  const orderId = /\bord-\d+\b/i.exec(text)?.[0].toLowerCase();
  if (orderId !== undefined && tools.includes(GET)) return { calls: [{ tool: GET, input: { orderId } }] };
  if (/order|pedido|return|devolu/i.test(text) && tools.includes(LIST)) return { calls: [{ tool: LIST, input: {} }] };
  return { answer: "I help with orders and returns. Which order is it about?" };
};
