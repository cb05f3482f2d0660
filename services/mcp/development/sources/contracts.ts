import * as z from "zod";
import { Problem } from "../../../libraries/service-kit/problem.ts";
import type { DevelopmentCall } from "../services.ts";

const grant = z.object({ scope: z.string(), classification: z.string() });

const tool = grant.extend({ inputSchema: z.json().optional(), outputSchema: z.json().optional() });

/** What one release of a server offers, as it was written down when it was built. */
export const ServerContract = z.object({
  name: z.string(),
  version: z.string(),
  target: z.string().describe("What gateways put before the names of its tools, with three underscores"),
  tools: z.record(z.string(), tool),
  prompts: z.record(z.string(), grant),
  resources: z.record(z.string(), grant).describe("By what their addresses begin with"),
  awsCalls: z.array(z.string()).describe("What its role is granted"),
});

/** What `ServerContract` describes. */
export type ServerContract = z.output<typeof ServerContract>;

/** The document "contracts": the servers that are offered to one tenant. */
const Contracts = z.object({ servers: z.array(ServerContract) });

/** The contracts of the servers that are offered to the calling tenant; none before its first deployment. */
export async function contractsOf({ context, services, signal }: DevelopmentCall): Promise<readonly ServerContract[]> {
  const text = await services.documents.read(context.tenantId, "contracts", signal);
  return text === undefined ? [] : Contracts.parse(JSON.parse(text)).servers;
}

/** The contract of one server, of its newest version unless a version is named; throws `ERR_SERVER_UNKNOWN`. */
export function contractNamed(
  contracts: readonly ServerContract[],
  name: string,
  version: string | undefined,
): ServerContract {
  const found = contracts.filter((it) => it.name === name && (version === undefined || it.version === version));
  const newest = found.toSorted((a, b) => b.version.localeCompare(a.version, "en", { numeric: true }))[0];
  if (newest !== undefined) return newest;
  const known = contracts.map((it) => `${it.name} ${it.version}`).join(", ");
  const message = `there is no such server; known: ${known === "" ? "none" : known}`;
  throw new Problem("ERR_SERVER_UNKNOWN", "no such contract", message, { field: "server" });
}
