import { runServer } from "../../libraries/mcp-host/run.ts";
import { FilesConfig } from "./config.ts";
import { openServices } from "./open-services.ts";
import { filesServer } from "./server.ts";

const config = FilesConfig.parse(process.env);
await runServer({ definition: filesServer(config.SERVER_VERSION), config, ...openServices(config) });
