import type { ServerNeeds } from "../../../contracts/server-needs.ts";
import type { OwnVariables } from "../../libraries/mcp-host/config.ts";
import type { DatabaseEnvironment } from "./config.ts";

/** The user of the database as which the server logs in. */
const USER = "mcp_database";

/** What the database server is given, and what its role may do. */
export const needs: ServerNeeds<OwnVariables<DatabaseEnvironment>> = ({ region, database }) => ({
  variables: {
    DATABASE_AUTH: "iam",
    AWS_REGION: region,
    DATABASE_HOST: database.host,
    DATABASE_PORT: String(database.port),
    DATABASE_NAME: database.name,
    DATABASE_USER: USER,
    DATABASE_SECRET: database.keysArn,
    // Whoever comes first after a pause waits until the database is awake.
    DATABASE_ACQUIRE_TIMEOUT_MS: "25000",
  },
  grants: [{ name: "database-keys" }, { name: "database-connect", user: USER }],
});
