import { defineResource } from "../../libraries/mcp-host/definition/definition.ts";
import { contractNamed, contractsOf } from "./sources/contracts.ts";
import { premiseReportOf } from "./sources/premise-report.ts";
import { READS_DOCUMENTS, type DevelopmentServices } from "./services.ts";

const DECLARED = {
  scope: "mcp:read",
  permission: "read:deployments",
  classification: "internal",
  awsCalls: READS_DOCUMENTS,
} as const;
const MIME_TYPE = "application/json";

/** The verdict of the last deployment. */
export const premiseReportResource = defineResource<DevelopmentServices>({
  ...DECLARED,
  name: "premise-report",
  title: "Premise report",
  description: "Whether the platform's premises hold for the tenant, as of the last deployment.",
  uri: "development://premise-report",
  mimeType: MIME_TYPE,
  read: async (uri, _variables, call) => asJson(uri, await premiseReportOf(call)),
});

/** The contract of each server, in its newest version. */
export const contractResource = defineResource<DevelopmentServices>({
  ...DECLARED,
  permission: "read:tools",
  name: "contract",
  title: "Contract of an MCP server",
  description: "What one of the tenant's MCP servers offers: scopes, classifications, schemas.",
  uri: "development://contracts/{server}",
  mimeType: MIME_TYPE,
  async list(call) {
    const names = new Set((await contractsOf(call)).map((it) => it.name));
    return [...names].map((name) => ({ uri: `development://contracts/${encodeURIComponent(name)}`, name }));
  },
  async read(uri, { server }, call) {
    return asJson(uri, contractNamed(await contractsOf(call), decodeURIComponent(String(server)), undefined));
  },
});

function asJson(uri: URL, value: unknown) {
  return { contents: [{ uri: uri.href, mimeType: MIME_TYPE, text: JSON.stringify(value) }] };
}
