import { runAgent } from "../../libraries/agent-process/agent-process.ts";
import { customerSupport } from "./agent.ts";

await runAgent(customerSupport);
