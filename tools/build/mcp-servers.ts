import { EXAMPLES, readApis } from "../../services/mcp/api-integration/read-apis.ts";
import { apiIntegrationServer } from "../../services/mcp/api-integration/server.ts";
import { databaseServer } from "../../services/mcp/database/server.ts";
import { developmentServer } from "../../services/mcp/development/server.ts";
import { filesServer } from "../../services/mcp/files/server.ts";
import type { Define } from "./contracts.ts";

/** What every MCP server of the release data declares of itself. */
export const MCP_DEFINITIONS: Readonly<Record<string, Define>> = {
  database: databaseServer,
  "api-integration": async (version) => apiIntegrationServer(version, await readApis(EXAMPLES)),
  files: filesServer,
  development: developmentServer,
};
