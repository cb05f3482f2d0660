import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, cpSync, existsSync, lstatSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterEach, describe, expect, it, vi } from "vitest";
import { EmbeddedPostgres } from "../../../../sandbox/data-plane/database/embedded-postgres.ts";
import {
  installedPackage,
  postgresPrograms,
  unprivileged,
} from "../../../../sandbox/data-plane/database/postgres-programs.ts";

const MODULE = new URL("../../../../sandbox/data-plane/database/embedded-postgres.ts", import.meta.url).href;
const folders: string[] = [];

afterEach(() => {
  for (const it of folders.splice(0)) {
    if (existsSync(path.join(it, "native/lib"))) chmodSync(path.join(it, "native/lib"), 0o700);
    rmSync(it, { recursive: true, force: true });
  }
});

function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "alicerce-test-"));
  folders.push(folder);
  return folder;
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe("an embedded PostgreSQL", () => {
  it("is of the major version that npm brought, and keeps what it is given a folder for", async () => {
    const folder = temporaryFolder();
    const first = await EmbeddedPostgres.start(folder);
    await first.asAdmin("postgres", (client) => client.query("CREATE TABLE kept AS SELECT 1 AS one"));
    await first.remove();
    expect(existsSync(first.host)).toBe(false);

    const second = await EmbeddedPostgres.start(folder);
    const { rows } = await second.asAdmin("postgres", (client) =>
      client.query("SELECT one, current_setting('server_version_num')::int / 10000 AS major FROM kept"),
    );
    await second.remove();
    expect(rows).toEqual([{ one: 1, major: 18 }]);
  });

  it("says why it does not start", async () => {
    const folder = temporaryFolder();
    const server = await EmbeddedPostgres.start(folder);
    await expect(EmbeddedPostgres.start(folder)).rejects.toThrow(/did not start: .*postmaster\.pid/);
    await server.remove();
  });

  it("dies with its parent, however that dies, and leaves nothing behind", async () => {
    const program = `const { EmbeddedPostgres } = await import(${JSON.stringify(MODULE)});
      console.log((await EmbeddedPostgres.start()).host); setInterval(() => {}, 1_000);`;
    const parent: ChildProcess = spawn(process.execPath, ["--input-type=module", "-e", program], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [host] = (await once(createInterface(parent.stdout!), "line")) as [string];
    const pid = Number(readFileSync(path.join(host, "data", "postmaster.pid"), "utf8").split("\n")[0]);
    expect(isAlive(pid)).toBe(true);

    parent.kill("SIGKILL");
    await vi.waitFor(
      () => {
        expect(isAlive(pid)).toBe(false);
        expect(existsSync(host)).toBe(false);
      },
      { timeout: 10_000 },
    );
  });
});

describe("the programs of PostgreSQL", () => {
  it("are copied where they can be neither linked nor reached", async () => {
    const [installed, spare] = [temporaryFolder(), temporaryFolder()];
    const native = path.join(installedPackage(), "native");
    cpSync(native, path.join(installed, "native"), {
      recursive: true,
      filter: (it) => !lstatSync(it).isSymbolicLink() && !it.endsWith(".a") && !it.includes("/share/"),
    });
    chmodSync(path.join(installed, "native/lib"), 0o500);
    chmodSync(spare, 0o755);

    const programs = await postgresPrograms(installed, spare, await unprivileged());
    expect(programs.postgres).toBe(path.join(spare, "native/bin/postgres"));
  });

  it("are used where npm put them otherwise", async () => {
    const spare = temporaryFolder();
    const programs = await postgresPrograms(installedPackage(), spare, await unprivileged());
    expect(programs.postgres).toBe(path.join(installedPackage(), "native/bin/postgres"));
    expect(existsSync(path.join(spare, "native"))).toBe(false);
  });
});
