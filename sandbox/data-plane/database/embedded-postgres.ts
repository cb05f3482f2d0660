import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chown, mkdir, mkdtemp, open, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";
import {
  type Account,
  installedPackage,
  postgresPrograms,
  type PostgresPrograms,
  unprivileged,
} from "./postgres-programs.ts";

const START_MS = 20_000;
const ENVIRONMENT = { LC_ALL: "C", PATH: process.env["PATH"] ?? "/usr/bin:/bin", TZ: "UTC" };

/** Rows that can be made again are not worth waiting for a disk; what errors say repeats rows, and stays out of the log. */
const SETTINGS = {
  fsync: "off",
  full_page_writes: "off",
  listen_addresses: "",
  log_error_verbosity: "terse",
  log_min_error_statement: "panic",
  log_min_messages: "fatal",
  max_connections: "60",
  shared_buffers: "32MB",
  temp_file_limit: "1GB",
  unix_socket_permissions: "0700",
};

/** The address space of each process of the server, in KB: what a statement asks for beyond some 280 MB is refused, and it alone fails. Not held by macOS. */
const PROCESS_KB = 400_000;

/**
 * Runs a server until it is told to stop, or until whoever holds the other end of standard input is gone, however that came about:
 * then the server dies at once, and what was temporary goes with it.
 */
const KEEPER = `
temporary=$1; shift
exec 3<&0 </dev/null
(ulimit -v ${PROCESS_KB} 2>/dev/null; exec "$@") & server=$!
{
  if read -r word <&3; then kill -s INT $server; else
    trap '' TERM
    kill -s QUIT $server
    while kill -s 0 $server 2>/dev/null; do sleep 0.1; done
    rm -rf "$temporary"
  fi
} & watcher=$!
wait $server; status=$?
kill $watcher 2>/dev/null
exit $status
`;

/** A PostgreSQL server of one's own, from npm alone, that is reached by a socket which nobody else may open. */
export class EmbeddedPostgres {
  /** The folder of the socket, in the place of a host name. */
  readonly host: string;
  readonly port = 5432;
  private readonly data: string;
  private readonly programs: PostgresPrograms;
  private readonly account: Account | undefined;
  private keeper: ChildProcess | undefined;

  private constructor(host: string, data: string, programs: PostgresPrograms, account: Account | undefined) {
    this.host = host;
    this.data = data;
    this.programs = programs;
    this.account = account;
  }

  /** Starts a server on what `folder` holds, or on nothing; without a folder nothing outlives it. */
  static async start(folder?: string): Promise<EmbeddedPostgres> {
    const account = await unprivileged();
    // Paths of sockets may not be long, so it is never in the folder.
    const temporary = await mkdtemp(path.join(tmpdir(), "alicerce-postgres-"));
    try {
      const programs = await postgresPrograms(installedPackage(), temporary, account);
      if (folder !== undefined) await mkdir(folder, { recursive: true, mode: 0o700 });
      if (account !== undefined)
        for (const it of [temporary, folder ?? temporary]) await chown(it, account.uid, account.gid);
      const data = path.join(folder ?? temporary, "data");
      const server = new EmbeddedPostgres(temporary, data, programs, account);
      if (!existsSync(path.join(data, "PG_VERSION"))) await server.initialise();
      await server.start();
      return server;
    } catch (error) {
      await rm(temporary, { recursive: true, force: true });
      throw error;
    }
  }

  /** Starts again what was stopped. */
  async start(): Promise<void> {
    const log = await open(path.join(this.host, "log"), "a");
    const settings = Object.entries({ ...SETTINGS, unix_socket_directories: this.host });
    const command = [
      this.programs.postgres,
      "-D",
      this.data,
      ...settings.flatMap(([key, it]) => ["-c", `${key}=${it}`]),
    ];
    this.keeper = spawn("/bin/sh", ["-c", KEEPER, "keeper", this.host, ...command], {
      cwd: "/",
      // Not in the terminal's group: an interrupt there is ours to pass on.
      detached: true,
      env: ENVIRONMENT,
      stdio: ["pipe", log.fd, log.fd],
      ...this.account,
    });
    await log.close();
    await this.ready(this.keeper);
  }

  /** Ends the server's process and keeps its data. */
  async stop(): Promise<void> {
    const { keeper } = this;
    this.keeper = undefined;
    if (keeper?.exitCode !== null) return;
    const exit = once(keeper, "exit");
    keeper.stdin?.end("stop\n");
    await exit;
  }

  /** Ends the server and what was only there for it. */
  async remove(): Promise<void> {
    await this.stop();
    await rm(this.host, { recursive: true, force: true });
  }

  /** How a role, which needs no password, connects. */
  connection(user: string, database: string): pg.ClientConfig {
    return { host: this.host, port: this.port, user, database };
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

  private async initialise(): Promise<void> {
    const locale = ["--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8"];
    const args = ["--pgdata", this.data, "--username=admin", "--auth=trust", "--no-sync", ...locale];
    await promisify(execFile)(this.programs.initdb, args, { cwd: "/", env: ENVIRONMENT, ...this.account });
  }

  /** The server says in a file when it accepts connections; another one that is on the same data names another socket there. */
  private async ready(keeper: ChildProcess): Promise<void> {
    const deadline = Date.now() + START_MS;
    while (Date.now() < deadline && keeper.exitCode === null) {
      const file = await readFile(path.join(this.data, "postmaster.pid"), "utf8").catch(() => "");
      const { 4: socketFolder, 7: state } = file.split("\n");
      if (socketFolder === this.host && state?.startsWith("ready")) return;
      await sleep(10);
    }
    const log = await readFile(path.join(this.host, "log"), "utf8");
    await this.stop();
    throw new Error(`PostgreSQL did not start: ${log.trim().split("\n").slice(-3).join("; ")}`);
  }
}
