import { runAgent } from "../../libraries/agent-process/agent-process.ts";
import { integrationProcessor } from "./agent.ts";

await runAgent(integrationProcessor);
