import { execFileSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";

const INSTALLED = "/usr/lib/postgresql";

/** Where PostgreSQL's programs are, newest first, or nowhere. */
export function postgresBinaries(): string | undefined {
  const versions = existsSync(INSTALLED) ? readdirSync(INSTALLED) : [];
  return versions
    .toSorted((a, b) => Number(b) - Number(a))
    .map((it) => join(INSTALLED, it, "bin"))
    .find((it) => existsSync(join(it, "initdb")));
}

/** Whether tests may go without PostgreSQL: on a laptop, and not silently; never in CI. */
export function hasPostgres(): boolean {
  if (postgresBinaries() !== undefined) return true;
  if (process.env["CI"] !== undefined) throw new Error(`PostgreSQL must be installed under ${INSTALLED}`);
  console.warn("SKIPPED: no PostgreSQL on this machine, so nothing about the database server is proved here");
  return false;
}

/** A server of its own in a temporary folder, reached by a socket there. */
export class PostgresServer {
  readonly folder = mkdtempSync(join(tmpdir(), "alicerce-postgres-"));
  private readonly binaries: string;

  constructor() {
    const binaries = postgresBinaries();
    if (binaries === undefined) throw new Error("PostgreSQL is not installed");
    this.binaries = binaries;
    if (process.getuid?.() === 0) chownSync(this.folder, numericId("-u"), numericId("-g"));
    this.run("initdb", "-D", join(this.folder, "data"), "-U", "admin", "-A", "trust", "--no-sync", "-E", "UTF8");
    this.start();
  }

  start(): void {
    const options = `-c listen_addresses='' -c unix_socket_directories=${this.folder} -c fsync=off -c max_connections=60`;
    this.run(
      "pg_ctl",
      "start",
      "-w",
      "-s",
      "-D",
      join(this.folder, "data"),
      "-l",
      join(this.folder, "log"),
      "-o",
      options,
    );
  }

  stop(): void {
    this.run("pg_ctl", "stop", "-w", "-s", "-m", "immediate", "-D", join(this.folder, "data"));
  }

  remove(): void {
    this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  connection(user: string, database: string): pg.ClientConfig {
    return { host: this.folder, user, database };
  }

  /** Runs `work` as the server's administrator, whom no policy holds. */
  async asAdmin<Result>(database: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
    const client = new pg.Client(this.connection("admin", database));
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  /** PostgreSQL refuses to run as root. */
  private run(program: string, ...args: readonly string[]): void {
    const path = join(this.binaries, program);
    const [command, rest] =
      process.getuid?.() === 0 ? ["runuser", ["-u", "postgres", "--", path, ...args]] : [path, args];
    execFileSync(command, rest as string[], { stdio: ["ignore", "ignore", "pipe"], cwd: this.folder });
  }
}

function numericId(flag: "-u" | "-g"): number {
  return Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
}
