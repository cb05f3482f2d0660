import { runAgent } from "../../libraries/agent-process/agent-process.ts";
import { startCloudChoreography } from "../../libraries/agent-process/cloud-choreography.ts";
import { dataTransformer } from "./agent.ts";

await runAgent(dataTransformer, startCloudChoreography);
