import { appendFileSync, mkdirSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { deployedFor, type McpOffer, offersOf } from "../../releases/published-servers.ts";
import type { LocalTenant } from "./local-tenants.ts";

/** The lines that the parts of one tenant's platform write, a file for each; the development server reads them. */
export class TenantRecords {
  private readonly folder: string;

  constructor(root: string, tenant: string) {
    this.folder = path.join(root, tenant, "logs");
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
  }

  /** Appends a line before the call goes on, so that whoever sees an answer finds its line. */
  write(source: string, line: string): void {
    appendFileSync(path.join(this.folder, `${source}.jsonl`), `${line}\n`);
  }
}

/** Writes down for each tenant what a deployment would: what is offered, what runs, and what the judge says of it. */
export async function writeDocuments(
  root: string,
  tenants: readonly LocalTenant[],
  premiseReport: object,
): Promise<void> {
  for (const tenant of tenants) {
    const folder = path.join(root, tenant.id);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const documents = {
      contracts: { servers: contractsFor(tenant) },
      deployments: deploymentsFor(tenant),
      "premise-report": premiseReport,
    };
    for (const [name, document] of Object.entries(documents))
      await writeFile(path.join(folder, `${name}.json`), JSON.stringify(document));
  }
}

function ofAllScenarios({ scenarios }: LocalTenant, of: typeof offersOf): readonly McpOffer[] {
  return [...new Map(scenarios.flatMap((it) => of(it)).map((it) => [it.targetName, it])).values()];
}

function contractsFor(tenant: LocalTenant): readonly object[] {
  return ofAllScenarios(tenant, offersOf).map(({ server, release, targetName, contract }) => ({
    name: server,
    version: release.version,
    target: targetName,
    ...contract,
  }));
}

function deploymentsFor(tenant: LocalTenant): object {
  const updatedAt = new Date().toISOString();
  return {
    gateways: tenant.scenarios.map((scenario) => ({
      name: `${tenant.id}-${scenario}`,
      status: "READY",
      reasons: [],
      updatedAt,
      targets: deployedFor(scenario).map(({ targetName }) => ({ name: targetName, status: "READY", updatedAt })),
    })),
    servers: ofAllScenarios(tenant, deployedFor).map(({ server, release }) => ({
      name: server,
      status: "READY",
      runtimeVersion: release.version,
      updatedAt,
      endpoints: [{ name: "production", status: "READY", liveVersion: release.version }],
    })),
  };
}
