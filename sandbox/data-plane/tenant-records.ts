import { closeSync, fstatSync, ftruncateSync, mkdirSync, openSync, writeSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { offeredTo } from "../../environments/apis/own-tools.ts";
import { deployedFor, type McpOffer, offersOf } from "../../releases/published-servers.ts";
import type { LocalTenant } from "./local-tenants.ts";

/** Told when lines cannot be written, and when they can be again. */
export interface RecordsWatcher {
  failed(folder: string, error: unknown): void;
  succeeded(): void;
}

/** Tells whoever runs the platform, in a line of text each: once that records cannot be written, once that they can be again. */
export function recordsWatcher(onProblem: (text: string) => void): RecordsWatcher {
  let failing: string | undefined;
  return {
    failed: (folder, error) => {
      if (failing !== undefined) return;
      failing = folder;
      onProblem(`${folder} cannot be written: ${reasonOf(error)}. Every call is refused until there is space.`);
    },
    succeeded: () => {
      if (failing !== undefined) onProblem(`${failing} can be written again.`);
      failing = undefined;
    },
  };
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === "ENOSPC" ? "the disk is full" : message;
}

/** A line could not be written; what the file system said of it is the cause. */
export class RecordError extends Error {
  readonly code = "ERR_RECORD";

  constructor(options: ErrorOptions) {
    super("a record could not be written", options);
    this.name = "RecordError";
  }
}

/** The lines that the parts of one tenant's platform write, a file for each; the development server reads them. */
export class TenantRecords {
  private readonly folder: string;
  private readonly watcher: RecordsWatcher;

  constructor(root: string, tenant: string, watcher: RecordsWatcher) {
    this.folder = path.join(root, tenant, "logs");
    this.watcher = watcher;
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
  }

  /** Appends a line before the call goes on, so that whoever sees an answer finds its line; throws `RecordError`. */
  write(source: string, line: string): void {
    try {
      appendWhole(path.join(this.folder, `${source}.jsonl`), `${line}\n`);
    } catch (cause) {
      this.watcher.failed(this.folder, cause);
      throw new RecordError({ cause });
    }
    this.watcher.succeeded();
  }

  /** Appends a line of a log if it can: no call fails for want of one. */
  log(source: string, line: string): void {
    try {
      this.write(source, line);
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
    }
  }
}

/** Appends a text as a whole or not at all: what a full disk took of it is taken back. */
function appendWhole(file: string, text: string): void {
  const descriptor = openSync(file, "a", 0o600);
  try {
    const { size } = fstatSync(descriptor);
    const bytes = Buffer.from(text);
    try {
      for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written);
    } catch (error) {
      ftruncateSync(descriptor, size);
      throw error;
    }
  } finally {
    closeSync(descriptor);
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

function ofAllScenarios(tenant: LocalTenant, of: typeof offersOf): readonly McpOffer[] {
  const data = offeredTo(tenant);
  return [...new Map(tenant.scenarios.flatMap((it) => of(it, data)).map((it) => [it.targetName, it])).values()];
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
