import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  keycloakFault,
  keycloakFolder,
} from "../../../../../sandbox/data-plane/identity/keycloak/keycloak-installation.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "alicerce-keycloak-fault-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** A machine with these programs and no others but the shell's. */
const machine = (programs: Readonly<Record<string, string>>): string => {
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  vi.stubEnv("PATH", [folder, "/nowhere"].join(delimiter));
  return join(folder, "cache");
};

const java = (version: string) => `echo 'openjdk version "${version}"' >&2`;

test.each<[string, Readonly<Record<string, string>>, string]>([
  ["no Java", { mvn: "exit 0" }, "Java >= 17 is not installed"],
  ["an old Java", { java: java("11.0.2"), mvn: "exit 0" }, "Java is 11, older than the 17 that Keycloak needs"],
  ["a broken Java", { java: "exit 1", mvn: "exit 0" }, "Java >= 17 is not installed"],
  ["no Maven", { java: java("21.0.1") }, "Maven is not installed, so Keycloak cannot be fetched"],
])("on a machine with %s Keycloak cannot run, and it says why", async (_what, programs, fault) => {
  expect(await keycloakFault(machine(programs))).toBe(fault);
});

test("with Java and Maven it can, and without Maven once it is there", async () => {
  expect(await keycloakFault(machine({ java: java("17.0.15"), mvn: "exit 0" }))).toBeUndefined();
  rmSync(join(folder, "mvn"));
  mkdirSync(keycloakFolder(join(folder, "cache")), { recursive: true });
  expect(await keycloakFault(join(folder, "cache"))).toBeUndefined();
});
