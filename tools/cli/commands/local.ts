import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import ansis from "ansis";
import { Command, InvalidArgumentError, Option } from "commander";
import type { Step } from "../../../sandbox/data-plane/check/walk.ts";
import type { DeveloperSoftware } from "../../../sandbox/data-plane/identity/identity.ts";
import type { Platform } from "../../../sandbox/data-plane/platform.ts";
import { foldersOf } from "../../engine/folders.ts";
import { examples } from "../arguments.ts";
import { EXIT } from "../exit-code.ts";
import { obstaclesOf, planAndJudge } from "../judgement.ts";
import { judgementData, sayJudgement } from "../text/judgement-text.ts";
import { platformData, sayPlatform } from "../text/platform-text.ts";
import { counted, duration, note, say, StatusLine } from "../text/terminal.ts";

interface LocalOptions {
  readonly check: boolean;
  readonly identity: "auto" | "embedded" | "keycloak";
  readonly port: number;
  readonly json: boolean;
}

const HIGHEST_FIRST_PORT = 65_500;
const SHOWN = 110;

/** `alicerce local`: the whole MCP path on this machine, for people and their clients, or once through for a check. */
export const local = new Command("local")
  .description(
    "Run the MCP path on this machine: identity, gateways, interceptor, Cedar, MCP servers, for two tenants.",
  )
  .option("--check", "walk through the three scenarios, print what happened, and end", false)
  .addOption(
    new Option("--identity <software>", "who vouches for developers; auto is Keycloak where there is Java")
      .choices(["auto", "embedded", "keycloak"])
      .default("auto"),
  )
  .option("--port <first>", "the first of seven ports on loopback that clients keep", firstPort, 7400)
  .option("--json", "print data for other programs", false)
  .addHelpText(
    "after",
    examples(
      ["alicerce local", "run until Ctrl-C"],
      ["alicerce local --check --identity embedded", "try everything once"],
    ),
  )
  .action((options: LocalOptions) => run(options));

function firstPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1_024 && port <= HIGHEST_FIRST_PORT) return port;
  throw new InvalidArgumentError(`It must be a number from 1024 to ${HIGHEST_FIRST_PORT}.`);
}

async function run(options: LocalOptions): Promise<void> {
  const { home } = foldersOf();
  // A check leaves nothing behind, and disturbs no platform that runs.
  const folder = options.check ? await mkdtemp(path.join(os.tmpdir(), "alicerce-local-")) : path.join(home, "local");
  try {
    await withPlatform(options, folder);
  } finally {
    if (options.check) await rm(folder, { recursive: true, force: true });
  }
}

async function withPlatform(options: LocalOptions, folder: string): Promise<void> {
  const startedAt = Date.now();
  const { LOCAL_STACKS, localTenants } = await import("../../../sandbox/data-plane/local-tenants.ts");
  const judgement = await planAndJudge(LOCAL_STACKS, "known");
  if (obstaclesOf(judgement).length > 0) {
    sayJudgement(judgement);
    process.exitCode = EXIT.premiseViolated;
    return;
  }
  const status = new StatusLine();
  const onStep = (step: string): void => status.show(`starting · ${step} · ${duration(Date.now() - startedAt)}`);
  const { startPlatform } = await import("../../../sandbox/data-plane/platform.ts");
  const platform = await startPlatform({
    tenants: localTenants(judgement.plans),
    premiseReport: judgementData(judgement),
    folder,
    ...(!options.check && { firstPort: options.port }),
    software: await softwareFor(options, folder, onStep),
    onStep,
  }).finally(() => status.clear());
  try {
    if (options.check) await check(platform, options, startedAt);
    else await serve(platform, options, { folder, startedAt });
  } finally {
    await platform.stop();
  }
}

async function softwareFor(
  { identity, json }: LocalOptions,
  folder: string,
  onStep: (step: string) => void,
): Promise<DeveloperSoftware> {
  if (identity === "embedded") return { kind: "embedded" };
  const { cache } = foldersOf();
  const { keycloakFault } = await import("../../../sandbox/data-plane/identity/keycloak/keycloak-installation.ts");
  const fault = await keycloakFault(cache);
  if (fault === undefined)
    return { kind: "keycloak", cache, folder: path.join(folder, "keycloak"), onProgress: ({ step }) => onStep(step) };
  if (identity === "keycloak") throw new Error(`Keycloak cannot run here: ${fault}`);
  if (!json) note(`Without Keycloak: ${fault}. A built-in issuer with its routes takes its place.`);
  return { kind: "embedded" };
}

async function check(platform: Platform, { json }: LocalOptions, startedAt: number): Promise<void> {
  const upMs = Date.now() - startedAt;
  if (!json) say(`Up in ${duration(upMs)}, developers by ${platform.software}.`);
  const { walkScenarios } = await import("../../../sandbox/data-plane/check/check.ts");
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

async function serve(
  platform: Platform,
  { json }: LocalOptions,
  { folder, startedAt }: { readonly folder: string; readonly startedAt: number },
): Promise<void> {
  const ended = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
  });
  if (json) say(JSON.stringify(platformData(platform)));
  else await sayPlatform(platform, { folder, upMs: Date.now() - startedAt });
  await ended;
  if (!json) note("\nStopping …");
}
