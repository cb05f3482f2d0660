import { runAgent } from "../../libraries/agent-process/agent-process.ts";
import { dataTransformer } from "./agent.ts";

await runAgent(dataTransformer);
