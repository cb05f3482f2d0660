import { randomBytes } from "node:crypto";
import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type PlannedServer, startOf } from "./planned-server.ts";
import { giveBack, keepPort } from "../../kept-ports.ts";
import { SupervisedProcess } from "../../supervised-process.ts";

/** Where one Keycloak runs. */
export interface KeycloakProcessOptions {
  /** The server, as the region's stack plans it. */
  readonly server: PlannedServer;
  /** The installed release, which is only read. */
  readonly installation: string;
  /** What this run leaves behind: its log. Emptied at the start. */
  readonly folder: string;
  /** A free one by default. */
  readonly port?: number;
  /** Aborts the start. */
  readonly signal?: AbortSignal;
}

interface RunPlace {
  readonly installation: string;
  readonly folder: string;
  readonly managementPort: number;
}

/** On an idle machine of two cores it takes 20 seconds; on a busy one it may take minutes. */
const START_MS = 240_000;
/** A Keycloak that keeps everything in memory, on loopback without TLS, and dies with its parent. */
export class KeycloakProcess {
  readonly origin: string;
  /** Of this run's administrator. */
  readonly password = randomBytes(18).toString("base64url");
  private readonly log: string;
  private process: SupervisedProcess | undefined;

  private constructor(origin: string, log: string) {
    this.origin = origin;
    this.log = log;
  }

  /** Starts it and waits until it answers; throws with the end of its log when it does not. */
  static async start({ server, installation, folder, port, signal }: KeycloakProcessOptions): Promise<KeycloakProcess> {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const it of ["bin", "conf", "lib", "providers", "themes"])
      await symlink(path.join(installation, it), path.join(folder, it));
    // Keycloak does not say which ports it took, so it is told both.
    const [ownPort, managementPort] = [port ?? (await keepPort()), await keepPort()];
    const keycloak = new KeycloakProcess(`http://127.0.0.1:${ownPort}`, path.join(folder, "log"));
    await Promise.all([giveBack(ownPort), giveBack(managementPort)]);
    await keycloak.run(server, { installation, folder, managementPort });
    await keycloak.ready(signal);
    return keycloak;
  }

  async stop(): Promise<void> {
    await this.process?.stop();
  }

  private async run(server: PlannedServer, { installation, folder, managementPort }: RunPlace): Promise<void> {
    const { options, environment, files } = startOf(server, { origin: this.origin, managementPort, folder });
    for (const { path: file, content } of files) await writeFile(file, content);
    const administrator = { KC_BOOTSTRAP_ADMIN_USERNAME: "admin", KC_BOOTSTRAP_ADMIN_PASSWORD: this.password };
    this.process = await SupervisedProcess.start({
      // What it writes belongs to the run, not to the installation.
      command: ["sh", path.join(installation, "bin", "kc.sh"), ...options, `-Dkc.home.dir=${folder}`],
      cwd: folder,
      environment: { ...process.env, ...environment, ...administrator },
      log: this.log,
    });
  }

  private async ready(signal?: AbortSignal): Promise<void> {
    const deadline = Date.now() + START_MS;
    while (Date.now() < deadline && this.process?.hasEnded === false && signal?.aborted !== true) {
      const answer = await fetch(`${this.origin}/realms/master`).catch(() => undefined);
      if (answer?.ok === true) return;
      await sleep(100);
    }
    await this.stop();
    signal?.throwIfAborted();
    const log = await readFile(this.log, "utf8");
    throw new Error(`Keycloak did not start:\n${log.trim().split("\n").slice(-10).join("\n")}`);
  }
}
