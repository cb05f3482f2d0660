import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import type { ServerNeeds } from "../../../contracts/server-needs.ts";
import { MCP_SERVERS } from "../../../releases/releases.ts";
import type { TenantContext } from "../context.ts";

/** The checkout this file belongs to. */
const PROJECT = path.resolve(import.meta.dirname, "../../..");

/** What a server needs, whatever its variables are called. */
export type AnyNeeds = ServerNeeds<Readonly<Record<string, string>>>;

/** What the servers of a tenant need, by service. */
export type NeedsByService = ReadonlyMap<string, AnyNeeds>;

/** What the servers that the tenant's scenarios offer need, as they say themselves; rejects with a `RunError` if one does not. */
export async function serverNeeds({ address }: TenantContext): Promise<NeedsByService> {
  const scenarios: readonly string[] = address.tenant.scenarios;
  const offered = Object.keys(MCP_SERVERS).filter((it) =>
    MCP_SERVERS[it]?.scenarios.some((of) => scenarios.includes(of)),
  );
  return new Map(await Promise.all(offered.map(async (it) => [it, await needsOf(it)] as const)));
}

/** What the server of a service needs, from `services/mcp/<service>/needs.ts`; rejects with a `RunError` if it does not say so. */
export async function needsOf(service: string, project = PROJECT): Promise<AnyNeeds> {
  const file = `services/mcp/${service}/needs.ts`;
  const location = path.join(project, file);
  if (!existsSync(location))
    throw new pulumi.RunError(
      `"${service}" is in the release data and does not say what it needs: write ${file}, as in services/mcp/custom/needs.ts`,
    );
  const module: unknown = await import(pathToFileURL(location).href);
  if (!exportsNeeds(module))
    throw new pulumi.RunError(`${file} must export the function \`needs\`, as services/mcp/custom/needs.ts does`);
  return module.needs;
}

function exportsNeeds(module: unknown): module is { readonly needs: AnyNeeds } {
  return typeof module === "object" && module !== null && "needs" in module && typeof module.needs === "function";
}
