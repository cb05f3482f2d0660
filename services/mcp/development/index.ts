import { runServer } from "../../libraries/mcp-host/run.ts";
import { DevelopmentConfig } from "./config.ts";
import { openServices } from "./open-services.ts";
import { developmentServer } from "./server.ts";

const config = DevelopmentConfig.parse(process.env);
await runServer({ definition: developmentServer(config.SERVER_VERSION), config, ...openServices(config) });
