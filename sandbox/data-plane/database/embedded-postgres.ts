import { isRunning } from "../../running.ts";
import { existsSync } from "node:fs";
import { chown, mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { GuardedFolder } from "./guarded-folder.ts";
import {
  type Account,
  installedPackage,
  postgresPrograms,
  type PostgresPrograms,
  unprivileged,
} from "./postgres-programs.ts";
import { SupervisedProcess } from "../supervised-process.ts";

const START_MS = 20_000;
const ENVIRONMENT = { LC_ALL: "C", PATH: process.env["PATH"] ?? "/usr/bin:/bin", TZ: "UTC" };

/** How each program of PostgreSQL runs: what a statement asks for beyond some 280 MB is refused, and it alone fails; fast, then immediate shutdown. */
const PROCESS = {
  cwd: "/",
  environment: ENVIRONMENT,
  memoryKb: 400_000,
  signals: { stop: "INT", orphaned: "QUIT", killAfterSeconds: 60 },
} as const;

/** How often a server that ended by itself is started again within a minute, and how long is waited before the second time. */
const MOST_RESTARTS = 5;
const RESTARTS_WITHIN_MS = 60_000;
const FIRST_PAUSE_MS = 100;

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

/** What a server is started on. */
interface Place {
  /** Its socket and log, and its data unless they are kept elsewhere. */
  readonly temporary: GuardedFolder;
  readonly data: string;
  readonly programs: PostgresPrograms;
  readonly account: Account | undefined;
  /** Told, in a line, when the server ended by itself and what became of that. */
  readonly onIncident: (line: string) => void;
}

/** A PostgreSQL server of one's own, from npm alone, that is reached by a socket which nobody else may open. */
export class EmbeddedPostgres {
  /** The folder of the socket, in the place of a host name. */
  readonly host: string;
  readonly port = 5432;
  private readonly place: Place;
  private running: SupervisedProcess | undefined;
  private restarting: Promise<void> | undefined;
  private readonly restarts: number[] = [];

  private constructor(place: Place) {
    this.place = place;
    this.host = place.temporary.path;
  }

  /** Starts a server on what `folder` holds, or on nothing; without a folder nothing outlives it. Throws an `Error` that says why it does not start. */
  static async start(
    folder?: string,
    onIncident: (line: string) => void = (line) => void process.stderr.write(`${line}\n`),
  ): Promise<EmbeddedPostgres> {
    const account = await unprivileged();
    // Paths of sockets may not be long, so it is never in the folder.
    const temporary = await GuardedFolder.make("alicerce-postgres-");
    try {
      const programs = await postgresPrograms(installedPackage(), temporary.path, account);
      if (folder !== undefined) await mkdir(folder, { recursive: true, mode: 0o700 });
      if (account !== undefined)
        for (const it of [temporary.path, folder ?? temporary.path]) await chown(it, account.uid, account.gid);
      const data = path.join(folder ?? temporary.path, "data");
      const server = new EmbeddedPostgres({ temporary, data, programs, account, onIncident });
      if (!existsSync(path.join(data, "PG_VERSION"))) await server.initialise();
      await server.start();
      return server;
    } catch (error) {
      await temporary.remove();
      throw error;
    }
  }

  /** Starts again what was stopped. */
  async start(): Promise<void> {
    const settings = Object.entries({ ...SETTINGS, unix_socket_directories: this.host });
    const server = await this.run([
      this.place.programs.postgres,
      "-D",
      this.place.data,
      ...settings.flatMap(([key, it]) => ["-c", `${key}=${it}`]),
    ]);
    await this.ready(server);
    this.running = server;
    void server.exit.then((code) => {
      if (this.running === server) this.restarting = this.restart(code);
    });
  }

  /** Ends the server's process and keeps its data. */
  async stop(): Promise<void> {
    const { running } = this;
    this.running = undefined;
    await running?.stop();
    await this.restarting;
    // What was being started again meanwhile.
    if (this.isRunning()) await this.stop();
  }

  /** Ends the server and what was only there for it. */
  async remove(): Promise<void> {
    await this.stop();
    await this.place.temporary.remove();
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

  /** Starts a server that ended by itself again on the same data and socket, a bounded number of times; calls fail meanwhile. */
  private async restart(code: number): Promise<void> {
    const { onIncident } = this.place;
    const why = code > 128 ? `was ended by signal ${code - 128}` : `ended with ${code}`;
    let fault = "";
    for (let pause = 0; this.mayRestart(); pause = Math.max(FIRST_PAUSE_MS, 2 * pause)) {
      await sleep(pause);
      if (this.running === undefined) return;
      try {
        await this.start();
        onIncident(`PostgreSQL ${why}; it was started again on the same data`);
        return;
      } catch (error) {
        fault = error instanceof Error ? ` (${error.message})` : "";
      }
    }
    onIncident(
      `PostgreSQL ${why} and was started again ${MOST_RESTARTS} times within a minute, which is not done again${fault}: ` +
        "calls to the database fail until the platform is ended and started again",
    );
  }

  private isRunning(): boolean {
    return this.running !== undefined;
  }

  private mayRestart(): boolean {
    const now = Date.now();
    while ((this.restarts[0] ?? now) < now - RESTARTS_WITHIN_MS) this.restarts.shift();
    return this.restarts.length < MOST_RESTARTS && this.restarts.push(now) > 0;
  }

  private async initialise(): Promise<void> {
    const locale = ["--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8"];
    const args = ["--pgdata", this.place.data, "--username=admin", "--auth=trust", "--no-sync", ...locale];
    const initdb = await this.run([this.place.programs.initdb, ...args]);
    if ((await initdb.exit) !== 0) throw new Error(`PostgreSQL's data cannot be made: ${await this.lastOfLog()}`);
  }

  private run(command: readonly string[]): Promise<SupervisedProcess> {
    const { account } = this.place;
    const log = path.join(this.host, "log");
    return SupervisedProcess.start({ ...PROCESS, command, log, account });
  }

  /** The server says in a file when it accepts connections; another one that is on the same data names another socket there. */
  private async ready(server: SupervisedProcess): Promise<void> {
    const deadline = Date.now() + START_MS;
    while (Date.now() < deadline && !server.hasEnded) {
      const file = await readFile(path.join(this.place.data, "postmaster.pid"), "utf8").catch(() => "");
      const { 0: pid, 4: socketFolder, 7: state } = file.split("\n");
      // A server that was killed leaves the file as it was.
      if (socketFolder === this.host && state?.startsWith("ready") && isRunning(Number(pid))) return;
      await sleep(10);
    }
    await server.stop();
    throw new Error(`PostgreSQL did not start: ${await this.lastOfLog()}`);
  }

  private async lastOfLog(): Promise<string> {
    const log = await readFile(path.join(this.host, "log"), "utf8");
    return log.trim().split("\n").slice(-3).join("; ");
  }
}
