import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import pg from "pg";
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

  it("is started again after a kill, on the same data and socket, and one line says so", async () => {
    const told: string[] = [];
    const server = await EmbeddedPostgres.start(temporaryFolder(), (line) => void told.push(line));
    await server.asAdmin("postgres", (client) => client.query("CREATE TABLE kept AS SELECT 1 AS one"));
    const pool = new pg.Pool({ ...server.connection("admin", "postgres"), max: 3 });
    pool.on("error", () => undefined);
    await Promise.all([1, 2, 3].map(() => pool.query("SELECT pg_sleep(0.1)")));

    for (let times = 1; times <= 2; times++) {
      const asked = pool.query("SELECT pg_sleep(60)").catch((error: unknown) => error);
      const active = "SELECT FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)' AND state = 'active'";
      await expect.poll(async () => (await pool.query(active)).rowCount, { timeout: 50_000 }).toBe(1);
      process.kill(postmasterOf(server.host, server), "SIGKILL");
      expect(await asked).toBeInstanceOf(Error);
      await vi.waitFor(() => expect(told).toHaveLength(times), { timeout: 50_000 });
      expect(told.at(-1)).toBe("PostgreSQL was ended by signal 9; it was started again on the same data");
      expect((await pool.query("SELECT one FROM kept")).rows).toEqual([{ one: 1 }]);
    }
    await pool.end();
    await server.remove();
    expect(existsSync(server.host)).toBe(false);
  });

  it("is not started again for ever, and then says what to do", async () => {
    const told: string[] = [];
    const folder = temporaryFolder();
    const server = await EmbeddedPostgres.start(folder, (line) => void told.push(line));
    const pid = postmasterOf(server.host, server);
    writeFileSync(path.join(folder, "data", "postgresql.conf"), "no_such_setting = on\n");
    process.kill(pid, "SIGKILL");
    await vi.waitFor(() => expect(told).toHaveLength(1), { timeout: 60_000 });
    expect(told[0]).toMatch(
      /signal 9 and was started again 5 times .*postgresql.conf.*contains errors.* until the platform is ended and started again$/,
    );
    await server.remove();
    expect(existsSync(server.host)).toBe(false);
  });

  it("is not started again while it is being ended", async () => {
    const told: string[] = [];
    const server = await EmbeddedPostgres.start(undefined, (line) => void told.push(line));
    const pid = postmasterOf(server.host, server);
    process.kill(pid, "SIGKILL");
    await server.remove();
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 50_000 });
    expect(existsSync(server.host)).toBe(false);
    await expect(server.asAdmin("postgres", () => Promise.resolve())).rejects.toThrow();
  });

  it.each<[string, (parent: ChildProcess) => void]>([
    ["is killed", (parent) => parent.kill("SIGKILL")],
    ["is asked to end", (parent) => parent.kill("SIGTERM")],
    ["is interrupted from the terminal", ({ pid }) => process.kill(-pid!, "SIGINT")],
    [
      "is interrupted twice",
      ({ pid }) => {
        process.kill(-pid!, "SIGINT");
        setTimeout(() => signalGroup(pid!, "SIGINT"), 30);
      },
    ],
    [
      "is interrupted and then killed",
      ({ pid }) => {
        process.kill(-pid!, "SIGINT");
        setTimeout(() => signalGroup(pid!, "SIGKILL"), 30);
      },
    ],
  ])("dies with its parent and leaves nothing behind, if that %s", async (_, end) => {
    const { parent, line: host } = await parentOf(
      `const server = await EmbeddedPostgres.start(); console.log(server.host); setInterval(() => {}, 1_000);
       process.once("SIGINT", () => server.remove().then(() => process.exit()));`,
    );
    const pid = postmasterOf(host);
    expect(isAlive(pid)).toBe(true);
    end(parent);
    await vi.waitFor(
      () => {
        expect(isAlive(pid)).toBe(false);
        expect(existsSync(host)).toBe(false);
      },
      { timeout: 50_000 },
    );
  });

  it.each([0, 50, 200, 600, 1_200, 2_500])(
    "leaves nothing behind if its parent dies %i ms after it began to start",
    async (afterMs) => {
      const temporary = temporaryFolder();
      // PostgreSQL does not run as root, nor where only root may go.
      chmodSync(temporary, 0o755);
      const { parent } = await parentOf(
        `console.log("begins"); await EmbeddedPostgres.start(); setInterval(() => {}, 1_000);`,
        { TMPDIR: temporary },
      );
      await new Promise((resolve) => setTimeout(resolve, afterMs));
      parent.kill("SIGKILL");
      await vi.waitFor(
        () => {
          expect(readdirSync(temporary)).toEqual([]);
          expect(processesIn(temporary)).toEqual([]);
        },
        { timeout: 50_000 },
      );
    },
  );
});

/** Signals a group, if it is still there. */
function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    expect(error).toMatchObject({ code: "ESRCH" });
  }
}

/** A process of its own group that runs `program`, and its first line. */
async function parentOf(
  program: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<{ readonly parent: ChildProcess; readonly line: string }> {
  const source = `const { EmbeddedPostgres } = await import(${JSON.stringify(MODULE)}); ${program}`;
  const parent = spawn(process.execPath, ["--input-type=module", "-e", source], {
    detached: true,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(createInterface(parent.stdout), "line")) as [string];
  return { parent, line };
}

function postmasterOf(host: string, server?: EmbeddedPostgres): number {
  const data = (server as unknown as { place: { data: string } } | undefined)?.place.data ?? path.join(host, "data");
  return Number(readFileSync(path.join(data, "postmaster.pid"), "utf8").split("\n")[0]);
}

/** Processes whose command line names a folder, where the system tells it (Linux). */
function processesIn(folder: string): readonly string[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc").filter((pid) => {
    try {
      return (
        /^\d+$/.test(pid) &&
        Number(pid) !== process.pid &&
        readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(folder)
      );
    } catch {
      return false;
    }
  });
}

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
