import { serviceLog } from "../../libraries/service-kit/log.ts";
import { runServer } from "../../libraries/mcp-host/run.ts";
import { DatabaseConfig } from "./config.ts";
import { openServices } from "./open-services.ts";
import { databaseServer } from "./server.ts";

const config = DatabaseConfig.parse(process.env);
const definition = databaseServer(config.SERVER_VERSION);
const log = serviceLog(definition.name, { level: config.LOG_LEVEL });
const open = await openServices(config, (error) => log.warn({ error }, "an idle connection broke"));
await runServer({ definition, config, ...open });
