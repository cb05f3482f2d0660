import type { ServerNeeds } from "../../../contracts/server-needs.ts";
import type { OwnVariables } from "../../libraries/mcp-host/config.ts";
import type { CustomEnvironment } from "./config.ts";

/** What the custom server is given beside what every server is, and what its role may do: nothing so far. */
export const needs: ServerNeeds<OwnVariables<CustomEnvironment>> = () => ({ variables: {}, grants: [] });
