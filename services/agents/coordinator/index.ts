import { runAgent } from "../../libraries/agent-process/agent-process.ts";
import { coordinator } from "./agent.ts";

await runAgent(coordinator);
