import { mkdir } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import * as z from "zod";
import type { Progress } from "../../sandbox/progress.ts";
import { type Engine, fullName } from "./engine.ts";
import { JUDGED_PLAN } from "./environment.ts";
import type { Folders } from "./folders.ts";
import { resolveCli } from "./installation/cli.ts";
import { writeLanguageHost } from "./plugins.ts";
import { runCli } from "./stack.ts";

/** Where a user keeps the state of what is in AWS, and what encrypts the secrets in it. */
export interface Backend {
  /** As for `pulumi login`, such as `s3://bucket`; without it the one that the CLI is logged in to. */
  readonly url?: string;
  /** As for `pulumi stack init --secrets-provider`, such as `awskms://alias/state`; without it the backend's own. */
  readonly secretsProvider?: string;
  /** Of Pulumi Cloud; other backends have none. */
  readonly organization?: string;
}

/** What a backend has of one stack. */
export interface RemoteState {
  readonly resources: number;
  /** Operations of which the engine did not learn the end. */
  readonly pending: number;
}

/** An engine over the user's backend, with the user's own credentials: it sees every variable of the environment. */
export async function remoteEngine(
  folders: Folders,
  { url, organization }: Backend,
  { env, onProgress, signal }: { env: NodeJS.ProcessEnv; onProgress?: Progress; signal?: AbortSignal },
): Promise<Engine> {
  const cli = await resolveCli(folders, onProgress, env, signal);
  const pulumiHome = env["PULUMI_HOME"] ?? path.join(os.homedir(), ".pulumi");
  await mkdir(pulumiHome, { recursive: true });
  await writeLanguageHost({ ...folders, pulumiHome }, cli.file);
  const variables = {
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PATH: [path.dirname(process.execPath), path.dirname(cli.file), env["PATH"] ?? ""].join(path.delimiter),
    ...(url !== undefined && { PULUMI_BACKEND_URL: url }),
  };
  const kept = Object.entries(env).filter(([name, value]) => value !== undefined && name !== JUDGED_PLAN);
  const environment = { ...(Object.fromEntries(kept) as Record<string, string>), ...variables };
  return { cli, folders, variables, environment, ...(organization !== undefined && { organization }) };
}

const whoami = z.object({ user: z.string(), url: z.string() });

/** Who is logged in where; throws with the CLI's own words when nobody is. */
export async function loggedIn(engine: Engine): Promise<{ readonly user: string; readonly url: string }> {
  return whoami.parse(JSON.parse(await runCli(engine, ["whoami", "--json"])));
}

const stacks = z.array(z.object({ name: z.string() }));

/** The addresses of the stacks of this project that the backend has. */
export async function stacksAt(engine: Engine): Promise<readonly string[]> {
  const all = stacks.parse(JSON.parse(await runCli(engine, ["stack", "ls", "--json"])));
  return all.map(({ name }) => name.split("/").at(-1) ?? name);
}

const exported = z.object({
  deployment: z.object({
    resources: z.array(z.unknown()).nullish(),
    pending_operations: z.array(z.unknown()).nullish(),
  }),
});

/** What the backend has of a stack. */
export async function remoteState(engine: Engine, address: string): Promise<RemoteState> {
  const text = await runCli(engine, ["stack", "export", "--stack", fullName(address, engine)]);
  const { deployment } = exported.parse(JSON.parse(text));
  return { resources: deployment.resources?.length ?? 0, pending: deployment.pending_operations?.length ?? 0 };
}

/** Creates a stack; its settings, with the encrypted key of its secrets, are written beside `Pulumi.yaml`. */
export async function createRemoteStack(engine: Engine, address: string, { secretsProvider }: Backend): Promise<void> {
  const by = secretsProvider === undefined ? [] : ["--secrets-provider", secretsProvider];
  await runCli(engine, ["stack", "init", "--no-select", ...by, fullName(address, engine)]);
}
