import { TenantDocuments } from "../../../components/data/tenant-documents.ts";
import { candidateOfService, type McpOffer, offersOfService } from "../../../releases/published-servers.ts";
import { MCP_SERVERS } from "../../../releases/releases.ts";
import type { Scenario } from "../../../contracts/scenarios.ts";
import type { Feature } from "../../feature.ts";
import type { TenantContext } from "../context.ts";
import type { TenantStores } from "./stores.ts";

/** The server that reads it. */
const READER = "development";

/** Writes down for the tenant's developers what its MCP servers offer; whether the premises hold is for a judge to write. */
export function tenantDocuments({ address, opts }: TenantContext, { bucket }: TenantStores): Feature {
  if (!offeredTo(address.tenant.scenarios).some((it) => it.service === READER)) return { resources: [] };
  const text = JSON.stringify({ servers: offeredTo(address.tenant.scenarios).map(contractOf) });
  const documents = new TenantDocuments("documents", { bucket, documents: { "documents/contracts.json": text } }, opts);
  return { resources: [documents] };
}

function offeredTo(scenarios: readonly Scenario[]): readonly McpOffer[] {
  return Object.entries(MCP_SERVERS)
    .filter(([, it]) => it.scenarios.some((of) => scenarios.includes(of)))
    .flatMap(([service]) => [...offersOfService(service), candidateOfService(service)])
    .filter((it) => it !== undefined);
}

/** As the development server reads it. */
function contractOf({ service, release, targetName, contract }: McpOffer): object {
  return { name: service, version: release.version, target: targetName, ...contract };
}
