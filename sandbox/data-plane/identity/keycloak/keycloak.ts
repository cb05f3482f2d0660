import { keepRealms } from "../../../../services/registration-guard/keep-realms.ts";
import { type Progress, withSigns } from "../../../progress.ts";
import type { Stoppable } from "../../cleanup.ts";
import { type DeveloperIssuers, type KnownClient, realmLocations } from "../developers.ts";
import { LocalAdmin } from "./keycloak-admin.ts";
import { installKeycloak } from "./keycloak-installation.ts";
import { KeycloakProcess } from "./keycloak-process.ts";
import { makePlannedRealm, populate } from "./keycloak-realm.ts";
import type { PlannedServer } from "./planned-server.ts";
import { demoPeople, type Person } from "../people.ts";
import type { PlannedRealm } from "../planned-realm.ts";

/** Whose realms to serve, to whom, and where Keycloak lives. */
export interface KeycloakOptions {
  readonly realms: readonly PlannedRealm[];
  /** The server on which they are, as the region's stack plans it. */
  readonly server: PlannedServer;
  /** Where the release is kept between runs. */
  readonly cache: string;
  /** What this run leaves behind: a log. */
  readonly folder: string;
  /** A free one by default. */
  readonly port?: number;
  /** One password for all people; by default each has one of their own, of this run. */
  readonly password?: string;
  readonly clients?: readonly KnownClient[];
  /** Who else can sign in. */
  readonly people?: readonly Person[];
  readonly onProgress: Progress;
  /** Aborts the start. */
  readonly signal?: AbortSignal;
}

/** How often realms are kept, in milliseconds. */
const GUARD_MS = 60_000;

/** Issuers that run on a Keycloak, whose administrator is the one who started it. */
export interface KeycloakIssuers extends DeveloperIssuers {
  readonly admin: LocalAdmin;
}

/** Serves the realms of several tenants by the Keycloak that the cloud runs; ask `keycloakFault` before whether it can. */
export async function startKeycloak(options: KeycloakOptions): Promise<KeycloakIssuers> {
  const { realms, server, cache, folder, port, password, clients = [], onProgress, signal } = options;
  const installation = await installKeycloak(cache, onProgress, signal);
  const where = { server, installation, folder, ...(port !== undefined && { port }), ...(signal && { signal }) };
  const keycloak = await withSigns("starting Keycloak", onProgress, () => KeycloakProcess.start(where));
  const tenantIds = realms.map((it) => it.tenantId);
  const people = [...demoPeople(tenantIds, password), ...(options.people ?? [])];
  const admin = new LocalAdmin(keycloak);
  try {
    const served = realms.map(async (realm) => {
      const { tenantId } = realm;
      await makePlannedRealm(admin, realm);
      await populate(admin, tenantId, {
        people: people.filter((it) => it.tenantId === tenantId),
        clients: clients.filter((it) => it.tenantId === tenantId),
      });
    });
    await Promise.all(served);
    await kept(admin, tenantIds);
  } catch (error) {
    await keycloak.stop();
    throw error;
  }
  const guard = repeatedly(GUARD_MS, () => kept(admin, tenantIds));
  return {
    software: "Keycloak",
    issuerOf: realmLocations(keycloak.origin, tenantIds),
    people,
    admin,
    stop: async () => {
      await guard.stop();
      await keycloak.stop();
    },
  };
}

/** Does what the function of the region does by its schedule; throws what the first realm says that fails. */
async function kept(admin: LocalAdmin, realms: readonly string[]): Promise<void> {
  const reports = await keepRealms(admin, realms);
  const failed = reports.find((it) => it.problem !== undefined);
  if (failed !== undefined) throw new Error(`realm ${failed.realm}: ${failed.problem ?? ""}`);
}

/** Does something again and again until it is stopped, which waits for what is under way; a failure is told and does not end it. */
function repeatedly(ms: number, work: () => Promise<void>): Stoppable {
  let running = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(work).catch((error: unknown) => process.emitWarning(String(error)));
  }, ms);
  timer.unref();
  return {
    stop: () => {
      clearInterval(timer);
      return running;
    },
  };
}
