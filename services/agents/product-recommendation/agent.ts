import type { AgentDefinition } from "../../libraries/agent-process/agent-definition.ts";
import { modelledWork } from "../../libraries/agent-loop/agent-work.ts";
import type { Script } from "../../libraries/agent-loop/model/scripted-model.ts";
import { gatewayTools } from "../../libraries/agent-loop/tools/gateway-tools.ts";
import { spokenProducts } from "../words/spoken-results.ts";
import { toolsFrom } from "../../libraries/agent-loop/tools/agent-tool.ts";

const FIND = "api-integration___catalog_findProducts";

/** Finds products for consumers. */
export const productRecommendation: AgentDefinition = {
  description: {
    name: "product-recommendation",
    description: "Finds products that fit what a consumer looks for.",
    version: "1.0.0",
    skills: [
      {
        id: "find-products",
        name: "Find products",
        description: "Finds products in the catalogue.",
        tags: ["products", "catalogue"],
        examples: ["Which mugs are there?", "Recommend a product."],
      },
    ],
  },
  work: (parts) => {
    const client = parts.gateway("b2c");
    const sources =
      client === undefined ? [] : [gatewayTools({ client, scenario: "b2c", allowed: { [FIND]: "mcp:read" } })];
    return modelledWork({
      name: "product-recommendation",
      prompt: "You recommend products of a shop. Name only products that the tools return, with their prices.",
      model: parts.model(script),
      tools: toolsFrom(sources, (error) => parts.log({ error })),
      memory: parts.memory,
      log: parts.log,
    });
  },
};

/** What the scripted model does: it shows the first products of the catalogue. */
const script: Script = ({ results, tools }) => {
  const [result] = results;
  if (result !== undefined) return { answer: spokenProducts(result) };
  if (!tools.includes(FIND)) return { answer: "The catalogue cannot be reached at the moment." };
  return { calls: [{ tool: FIND, input: { first: 3 } }] };
};
