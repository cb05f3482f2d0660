import { runAgent } from "../../libraries/agent-process/agent-process.ts";
import { productRecommendation } from "./agent.ts";

await runAgent(productRecommendation);
