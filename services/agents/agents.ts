import type { AgentName } from "../../contracts/agents/names.ts";
import type { AgentDefinition } from "../libraries/agent-process/agent-definition.ts";
import { coordinator } from "./coordinator/agent.ts";
import { customerSupport } from "./customer-support/agent.ts";
import { dataTransformer } from "./data-transformer/agent.ts";
import { integrationProcessor } from "./integration-processor/agent.ts";
import { productRecommendation } from "./product-recommendation/agent.ts";

/** The agents of a tenant by name; each is a process of its own in the cloud. */
export const AGENT_DEFINITIONS: { readonly [Name in AgentName]: AgentDefinition } = {
  coordinator,
  "customer-support": customerSupport,
  "product-recommendation": productRecommendation,
  "integration-processor": integrationProcessor,
  "data-transformer": dataTransformer,
};
