import type { ServerNeeds } from "../../../contracts/server-needs.ts";
import type { OwnVariables } from "../../libraries/mcp-host/config.ts";
import type { ApiIntegrationEnvironment } from "./config.ts";

/** What the API integration server is given, and what its role may do. */
export const needs: ServerNeeds<OwnVariables<ApiIntegrationEnvironment>> = ({ apis, json }) => ({
  variables: { BACKENDS: json(apis) },
  grants: [{ name: "api-credentials" }],
  reachesInternet: true,
});
