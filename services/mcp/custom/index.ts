import { runServer } from "../../libraries/mcp-host/run.ts";
import { CustomConfig } from "./config.ts";
import { openServices } from "./open-services.ts";
import { customServer } from "./server.ts";

const config = CustomConfig.parse(process.env);
await runServer({ definition: customServer(config.SERVER_VERSION), config, ...openServices(config) });
