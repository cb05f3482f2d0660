import { runAgent } from "../../libraries/agent-process/agent-process.ts";
import { startCloudChoreography } from "../../libraries/agent-process/cloud-choreography.ts";
import { integrationProcessor } from "./agent.ts";

await runAgent(integrationProcessor, startCloudChoreography);
