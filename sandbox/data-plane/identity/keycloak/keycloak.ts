import { guardRegistrations } from "../../../../services/registration-guard/registration-guard.ts";
import { type Progress, withSigns } from "../../../progress.ts";
import type { Stoppable } from "../../cleanup.ts";
import { type DeveloperIssuers, type KnownClient, realmLocations } from "../developers.ts";
import { KeycloakAdmin } from "./keycloak-admin.ts";
import { installKeycloak } from "./keycloak-installation.ts";
import { KeycloakProcess } from "./keycloak-process.ts";
import { makePlannedRealm, populate, removeReplacedPolicies } from "./keycloak-realm.ts";
import { demoPeople, type Person } from "../people.ts";
import type { PlannedRealm } from "../planned-realm.ts";

/** Whose realms to serve, to whom, and where Keycloak lives. */
export interface KeycloakOptions {
  readonly realms: readonly PlannedRealm[];
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

/** How often registrations that nobody uses are looked for, in milliseconds. */
const GUARD_MS = 60_000;

/** Issuers that run on a Keycloak, whose administrator is the one who started it. */
export interface KeycloakIssuers extends DeveloperIssuers {
  readonly admin: KeycloakAdmin;
}

/** Serves the realms of several tenants by the Keycloak that the cloud runs; ask `keycloakFault` before whether it can. */
export async function startKeycloak(options: KeycloakOptions): Promise<KeycloakIssuers> {
  const { realms, cache, folder, port, password, clients = [], onProgress, signal } = options;
  const installation = await installKeycloak(cache, onProgress, signal);
  const where = { installation, folder, ...(port !== undefined && { port }), ...(signal && { signal }) };
  const keycloak = await withSigns("starting Keycloak", onProgress, () => KeycloakProcess.start(where));
  const tenantIds = realms.map((it) => it.tenantId);
  const people = [...demoPeople(tenantIds, password), ...(options.people ?? [])];
  const admin = new KeycloakAdmin(keycloak);
  try {
    const served = realms.map(async (realm) => {
      const { tenantId } = realm;
      await makePlannedRealm(admin, realm);
      await removeReplacedPolicies(admin, realm);
      await populate(admin, tenantId, {
        people: people.filter((it) => it.tenantId === tenantId),
        clients: clients.filter((it) => it.tenantId === tenantId),
      });
    });
    await Promise.all(served);
  } catch (error) {
    await keycloak.stop();
    throw error;
  }
  const guard = repeatedly(GUARD_MS, async () => {
    for (const it of tenantIds) await guardRegistrations(admin, it);
  });
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
