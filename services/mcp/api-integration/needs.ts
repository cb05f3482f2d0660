import type { ServerNeeds } from "../../../contracts/server-needs.ts";
import type { OwnVariables } from "../../libraries/mcp-host/config.ts";
import type { ApiIntegrationEnvironment } from "./config.ts";

/** What the API integration server is given, and what its role may do. */
export const needs: ServerNeeds<OwnVariables<ApiIntegrationEnvironment>> = ({ apis, json }) => {
  const networks = Object.values(apis).map(({ onlyNetworks }) => onlyNetworks);
  return {
    variables: { BACKENDS: json(Object.fromEntries(Object.entries(apis).map(([api, place]) => [api, { ...place }]))) },
    grants: [{ name: "api-credentials" }],
    reachesInternet: networks.includes(undefined),
    reachesNetworks: [...new Set(networks.flatMap((it) => it ?? []))],
  };
};
