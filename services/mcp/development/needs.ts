import type { ServerNeeds } from "../../../contracts/server-needs.ts";
import type { OwnVariables } from "../../libraries/mcp-host/config.ts";
import type { DevelopmentEnvironment } from "./config.ts";

/** Where the tenant's bucket has what a deployment says of itself. */
const DOCUMENTS = "documents/";

/** What the development server is given, and what its role may do. */
export const needs: ServerNeeds<OwnVariables<DevelopmentEnvironment>> = (context) => ({
  variables: {
    AWS_REGION: context.region,
    LOG_GROUPS: context.json(context.logGroups),
    GATEWAYS: context.json(context.gateways),
    RUNTIMES: context.json(context.runtimes),
    DOCUMENTS_BUCKET: context.bucket.name,
    CONTRACTS_KEY: `${DOCUMENTS}contracts.json`,
    PREMISE_REPORT_KEY: `${DOCUMENTS}premises.json`,
  },
  grants: [{ name: "bucket-objects", prefix: DOCUMENTS }, { name: "operations" }],
});
