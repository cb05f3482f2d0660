import { runServer } from "../../libraries/mcp-host/run.ts";
import { ApiIntegrationConfig } from "./config.ts";
import { openServices } from "./open-services.ts";
import { readOwnApis } from "./own-apis.ts";
import { EXAMPLES, readApis } from "./read-apis.ts";
import { apiIntegrationServer } from "./server.ts";

const config = ApiIntegrationConfig.parse(process.env);
const apis = await readApis(config.APIS_FOLDER ?? EXAMPLES);
const own = await readOwnApis(config);
const definition = apiIntegrationServer(config.SERVER_VERSION, apis, own);
await runServer({ definition, config, ...openServices(config, [...apis, ...own]) });
