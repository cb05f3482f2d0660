import type { Grant } from "../../contracts/server-contract.ts";
import { dataWithTools, type McpData } from "../../releases/published-servers.ts";
import type { Tenant } from "../schema.ts";
import { toolOf } from "./own-api.ts";

/** The server that offers the APIs of tenants, from which major on. */
export const OFFERS_OWN_APIS = { service: "api-integration", sinceMajor: 2 } as const;

/** The tools that a major of a server has for one tenant alone, beside those of its contract. */
export function ownTools(
  { apis = {} }: Pick<Tenant, "apis">,
  { service, major }: { readonly service: string; readonly major: number },
): Readonly<Record<string, Grant>> {
  if (service !== OFFERS_OWN_APIS.service || major < OFFERS_OWN_APIS.sinceMajor) return {};
  const tools = Object.entries(apis).flatMap(([api, { operations, classification }]) =>
    Object.entries(operations).map(([id, it]): readonly [string, Grant] => [
      toolOf(api, id),
      {
        scope: it.does === "read" ? "mcp:read" : "mcp:write",
        permission: it.does === "read" ? "read:apis" : "write:apis",
        classification: it.classification ?? classification,
      },
    ]),
  );
  return Object.fromEntries(tools);
}

/** What the servers of a tenant offer: the contracts of the release data, with the tools of the tenant's own APIs. */
export function offeredTo(tenant: Pick<Tenant, "apis">): McpData {
  return dataWithTools((of) => ownTools(tenant, of));
}
