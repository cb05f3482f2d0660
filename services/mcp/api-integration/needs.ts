import type { ServerNeeds } from "../../../contracts/server-needs.ts";
import type { OwnVariables } from "../../libraries/mcp-host/config.ts";
import type { ApiIntegrationEnvironment } from "./config.ts";

/** What the API integration server is given, and what its role may do. */
export const needs: ServerNeeds<OwnVariables<ApiIntegrationEnvironment>> = ({
  apis,
  apisObject,
  bucket,
  region,
  json,
}) => {
  const networks = Object.values(apis).map(({ onlyNetworks }) => onlyNetworks);
  return {
    variables: {
      BACKENDS: json(Object.fromEntries(Object.entries(apis).map(([api, place]) => [api, { ...place }]))),
      APIS_BUCKET: bucket.name,
      APIS_KEY: apisObject.key,
      APIS_DIGEST: apisObject.digest,
      AWS_REGION: region,
    },
    grants: [{ name: "api-credentials" }, { name: "api-documents" }],
    reachesInternet: networks.includes(undefined),
    reachesNetworks: [...new Set(networks.flatMap((it) => it ?? []))],
  };
};
