import path from "node:path";
import ansis from "ansis";
import { foldersOf } from "../engine/folders.ts";
import type { Step } from "../../sandbox/data-plane/check/walk.ts";
import { credentialsOf, writeCredentials } from "../../sandbox/data-plane/credentials.ts";
import type { DeveloperSoftware } from "../../sandbox/data-plane/identity/identity.ts";
import { LOCAL_STACKS, localTenants, tenantOf } from "../../sandbox/data-plane/local-tenants.ts";
import type { Platform } from "../../sandbox/data-plane/platform.ts";
import { portsFrom } from "../../sandbox/data-plane/ports.ts";
import { EXIT } from "./exit-code.ts";
import { unlessInterrupted } from "./interruption.ts";
import { type LocalPlan, planLocally } from "./judging/local-plan.ts";
import { sayPlatform } from "./text/platform-text.ts";
import { counted, duration, note, say, StatusLine } from "./text/terminal.ts";

/** How `alicerce local` is to run. */
export interface LocalOptions {
  readonly check: boolean;
  readonly identity: "auto" | "embedded" | "keycloak";
  /** The first of the ports; a check takes free ones. */
  readonly port: number;
  readonly json: boolean;
}

/** One run of it. */
interface Run {
  readonly options: LocalOptions;
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly startedAt: number;
}

const SHOWN = 110;

/** What the longest steps of a start take, so that nobody gives up too early. */
const ESTIMATES: readonly (readonly [step: string, estimate: string])[] = [
  ["fetching Keycloak", "once; 1 to 3 minutes"],
  ["building Keycloak", "once; about a minute"],
  ["starting Keycloak", "20 seconds on an idle machine, up to 2 minutes on a busy one"],
];

/** Plans the local tenants, starts the platform in `folder`, and checks it or runs it until `signal` aborts. */
export async function runPlatform(options: LocalOptions, folder: string, signal: AbortSignal): Promise<void> {
  const run: Run = { options, folder, signal, startedAt: Date.now() };
  // Before anything that takes time: a port that is taken is no news for later.
  if (!options.check) await (await portsFrom(options.port, LOCAL_STACKS.map(tenantOf))).stop();
  const withServer = await isKeycloakWanted(options);
  const plan = await unlessInterrupted(signal, planLocally({ withServer }, signal));
  if (typeof plan === "number") {
    process.exitCode = plan;
    return;
  }
  const platform = await started(run, plan);
  try {
    if (options.check) await unlessInterrupted(signal, check(platform, run));
    else await serve(platform, run);
  } finally {
    await platform.stop();
  }
}

async function started({ options, folder, signal, startedAt }: Run, plan: LocalPlan): Promise<Platform> {
  const status = new StatusLine();
  const onStep = (step: string): void => {
    const [, estimate] = ESTIMATES.find(([name]) => step.startsWith(name)) ?? [];
    const of = estimate === undefined ? step : `${step} (${estimate})`;
    status.show(`starting · ${of} · ${duration(Date.now() - startedAt)}`);
  };
  const { startPlatform } = await import("../../sandbox/data-plane/platform.ts");
  try {
    return await startPlatform({
      tenants: localTenants(plan.plans),
      premiseReport: plan.premiseReport,
      folder,
      ...(!options.check && { firstPort: options.port }),
      software: softwareFor(plan, folder, onStep),
      onStep,
      onProblem: note,
      signal,
    });
  } finally {
    status.clear();
  }
}

function softwareFor({ server }: LocalPlan, folder: string, onStep: (step: string) => void): DeveloperSoftware {
  if (server === undefined) return { kind: "embedded" };
  return {
    kind: "keycloak",
    server,
    cache: foldersOf().cache,
    folder: path.join(folder, "keycloak"),
    onProgress: ({ step }) => onStep(step),
  };
}

/** Says why, where it can not run and would have been taken; throws where it was asked for. */
async function isKeycloakWanted({ identity, json }: LocalOptions): Promise<boolean> {
  if (identity === "embedded") return false;
  const { keycloakFault } = await import("../../sandbox/data-plane/identity/keycloak/keycloak-installation.ts");
  const fault = await keycloakFault(foldersOf().cache);
  if (fault === undefined) return true;
  if (identity === "keycloak") throw new Error(`Keycloak cannot run here: ${fault}`);
  if (!json) note(`Without Keycloak: ${fault}. A built-in issuer with its routes takes its place.`);
  return false;
}

async function check(platform: Platform, { options: { json }, startedAt }: Run): Promise<void> {
  const upMs = Date.now() - startedAt;
  if (!json) say(`Up in ${duration(upMs)}, developers by ${platform.software}.`);
  const { walkScenarios } = await import("../../sandbox/data-plane/check/check.ts");
  const scenarios = await walkScenarios(platform, {
    onScenario: (title) => json || say(`\n${ansis.bold(title)}`),
    onStep: (step) => json || sayStep(step),
  });
  const steps = scenarios.flatMap((it) => it.steps);
  const failed = steps.filter((it) => !it.passed).length;
  if (json) say(JSON.stringify({ identity: platform.software, upMs, scenarios }, null, 2));
  else
    say(
      `\n${counted(scenarios.length, "scenario")}, ${counted(steps.length, "step")}: ${steps.length - failed} passed, ${failed} failed.`,
    );
  process.exitCode = failed === 0 ? EXIT.ok : EXIT.failed;
}

function sayStep({ what, seen, passed, durationMs }: Step): void {
  say(`${passed ? ansis.green("✓") : ansis.red("✗")} ${what} ${ansis.dim(`(${duration(durationMs)})`)}`);
  const words = seen.replaceAll(/\s+/g, " ").trim();
  say(`  ${passed ? ansis.dim(shortened(words)) : ansis.red(words)}`);
}

/** Enough to see what it is; all of it is in `--json`. */
function shortened(text: string): string {
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN - 1)}…`;
}

/** Runs until somebody ends it, which is how it is meant to end. */
async function serve(platform: Platform, { options: { json }, folder, signal, startedAt }: Run): Promise<void> {
  const credentials = credentialsOf(platform);
  await writeCredentials(folder, credentials);
  if (json) say(JSON.stringify(credentials));
  else await sayPlatform(platform, { folder, upMs: Date.now() - startedAt });
  await unlessInterrupted(signal, new Promise<never>(() => undefined)).catch(() => undefined);
  if (!json) note("\nStopping …");
}
