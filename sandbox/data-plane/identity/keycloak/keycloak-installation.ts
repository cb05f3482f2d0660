import { hash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import { KEYCLOAK_BUILD_OPTIONS, KEYCLOAK_VERSION } from "../../../../environments/keycloak-server.ts";
import { type Progress, withSigns } from "../../../progress.ts";

const BUILD = ["build", "--db=dev-mem", ...KEYCLOAK_BUILD_OPTIONS];

const OLDEST_JAVA = 17;
const ARTIFACT = `org.keycloak:keycloak-quarkus-dist:${KEYCLOAK_VERSION}:zip`;
const UNPACK = "org.apache.maven.plugins:maven-dependency-plugin:2.8:unpack";
const FETCH_MS = 10 * 60_000;

/** Where a release is, unpacked and built, once it is: a folder for each set of build options. */
export function keycloakFolder(cache: string): string {
  return path.join(cache, `keycloak-${KEYCLOAK_VERSION}-${hash("sha256", BUILD.join(" ")).slice(0, 8)}`);
}

/** Why Keycloak cannot run here, or `undefined` when it can: it needs Java, and Maven until it is in the cache. */
export async function keycloakFault(cache: string): Promise<string | undefined> {
  const java = await execa("java", ["-version"], { reject: false, stdin: "ignore" });
  const version = Number(/version "(\d+)/.exec(java.stderr)?.[1]);
  if (java.failed || Number.isNaN(version)) return `Java >= ${OLDEST_JAVA} is not installed`;
  if (version < OLDEST_JAVA) return `Java is ${version}, older than the ${OLDEST_JAVA} that Keycloak needs`;
  if (existsSync(keycloakFolder(cache))) return undefined;
  const maven = await execa("mvn", ["-version"], { reject: false, stdin: "ignore" });
  return maven.failed ? "Maven is not installed, so Keycloak cannot be fetched" : undefined;
}

/**
 * Fetches the release from Maven's repository and builds it for a database in memory, once; the folder appears only when it is whole.
 * Throws with what the failing program said, or when `signal` aborts.
 */
export async function installKeycloak(cache: string, onProgress: Progress, signal?: AbortSignal): Promise<string> {
  const folder = keycloakFolder(cache);
  if (existsSync(folder)) return folder;
  const draft = `${folder}.${randomUUID()}`;
  await mkdir(draft, { recursive: true });
  try {
    const unpack = ["--batch-mode", "--quiet", UNPACK, `-Dartifact=${ARTIFACT}`, `-DoutputDirectory=${draft}`];
    await withSigns(`fetching Keycloak ${KEYCLOAK_VERSION}`, onProgress, () => run("mvn", unpack, draft, signal));
    const unpacked = path.join(draft, `keycloak-${KEYCLOAK_VERSION}`);
    const build = [path.join(unpacked, "bin", "kc.sh"), ...BUILD];
    await withSigns("building Keycloak", onProgress, () => run("sh", build, draft, signal));
    await rename(unpacked, folder).catch((error: unknown) => {
      // Somebody else was faster, with the same result.
      if (!existsSync(folder)) throw error;
    });
    return folder;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function run(file: string, args: readonly string[], cwd: string, signal?: AbortSignal): Promise<void> {
  const { failed, stdout, stderr, shortMessage } = await execa(file, args, {
    cwd,
    reject: false,
    stdin: "ignore",
    timeout: FETCH_MS,
    ...(signal && { cancelSignal: signal }),
  });
  signal?.throwIfAborted();
  if (failed) throw new Error([shortMessage, ...`${stdout}\n${stderr}`.trim().split("\n").slice(-10)].join("\n"));
}
