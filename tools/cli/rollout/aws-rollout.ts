import { environments } from "../../../environments/index.ts";
import { lookAtBackend, lookAtKeycloak, lookAtRoles } from "../../doctor/backend.ts";
import type { Finding, Layer } from "../../doctor/check.ts";
import { examineCloud } from "../../doctor/doctor.ts";
import type { Engine } from "../../engine/engine.ts";
import { foldersOf } from "../../engine/folders.ts";
import { type Backend, remoteEngine, stacksAt } from "../../engine/remote.ts";
import type { Report } from "../../report/report.ts";
import { EXIT } from "../exit-code.ts";
import type { StackChanges } from "../../offline-planner/changes.ts";
import { exitCodeOfJudgement, type Judgement } from "../judgement.ts";
import { planAndJudge } from "../judging/plan-and-judge.ts";
import { type Agreement, agreeToChanges } from "./agreement.ts";
import { totalsOf } from "./comparison.ts";
import { openRemoteRollout, remoteChanges, rollOutRemotely } from "./remote-rollout.ts";
import type { StackResult } from "./stack-result.ts";
import { layerOf, leftOut, sayWaiting, waitingAmong } from "./waiting.ts";
import type { PlannedSelection } from "../selection.ts";
import { changesData, sayChanges } from "../text/change-text.ts";
import { exitCodeFor, sayHowToResume, sayResults } from "../text/deployment-text.ts";
import { doctorText } from "../text/doctor-text.ts";
import { judgementData, sayJudgement } from "../text/judgement-text.ts";
import { sayReport } from "../text/next-steps.ts";
import { say, withStatus } from "../text/terminal.ts";

/** What can be said of a deployment to AWS. */
export interface AwsOptions extends Agreement {
  readonly stack?: string;
  readonly json: boolean;
  readonly parallel: number;
  readonly backend?: string;
  readonly secretsProvider?: string;
  readonly organization?: string;
  /** Whether each stack is deployed as the role that the environment's stack has for it. */
  readonly asRoles?: boolean;
}

/** Deploys to AWS: what is missing is said first, then the verdict, then what would be deleted; only then anything is created. */
export async function bringUpAtAws(
  { environment, addresses, all }: PlannedSelection,
  options: AwsOptions,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const { json } = options;
  const ready = await readiness({ environment, layers: [...new Set(addresses.map(layerOf))] }, options, signal);
  const { findings } = ready;
  const waiting = waitingAmong(addresses, findings);
  if (waiting.length === addresses.length) {
    process.exitCode = EXIT.failed;
    say(json ? JSON.stringify({ environment, findings }, null, 2) : doctorText(findings));
    return;
  }
  const judgement = await planAndJudge({ addresses, proveOver: all }, "known");
  await report.judged(judgement);
  if (!json) sayJudgement(judgement);
  process.exitCode = exitCodeOfJudgement(judgement);
  const data = { environment, findings, verdict: judgementData(judgement) };
  if (process.exitCode !== EXIT.ok) {
    if (json) say(JSON.stringify({ ...data, changes: [], stacks: [] }, null, 2));
    return;
  }
  const startedAt = Date.now();
  const begun = { ...judgement, plans: judgement.plans.filter((it) => !waiting.includes(it.stack)) };
  const { changes, stacks: results } = await deployed(ready, begun, { options, report, signal });
  const stacks = [...results, ...waiting.map((it) => leftOut(it, findings))];
  process.exitCode = exitCodeFor(stacks, signal.aborted);
  if (json) {
    say(JSON.stringify({ ...data, changes: changesData(changes), stacks }, null, 2));
    return;
  }
  sayAdvice(findings);
  sayResults(stacks, Date.now() - startedAt);
  sayWaiting(waiting, findings);
  sayReport(report);
  if (signal.aborted)
    sayHowToResume(`npx alicerce up ${options.stack ? `--stack ${options.stack}` : environment} --target aws`);
}

/** Tells the program as whom it deploys, and that AWS gets nothing whose image was never built; the sandbox pulls no images. */
function planForAws({ asRoles = false }: AwsOptions): void {
  if (asRoles) process.env["ALICERCE_EXECUTION"] = "roles";
  if (process.env["ALICERCE_SANDBOX"] === undefined) process.env["ALICERCE_IMAGES"] = "built";
}

interface About {
  readonly environment: string;
  /** The layers of the stacks that are to be deployed. */
  readonly layers: readonly Layer[];
}

interface Ready {
  readonly engine: Engine;
  readonly backend: Backend;
  readonly findings: readonly Finding[];
}

/** The engine, and what a deployment would lack. */
async function readiness(about: About, options: AwsOptions, signal: AbortSignal): Promise<Ready> {
  planForAws(options);
  const backend = backendOf(options);
  return withStatus(async (onProgress) => {
    const engine = await remoteEngine(foldersOf(), backend, { env: process.env, onProgress, signal });
    onProgress({ step: "looking at the account", detail: about.environment, elapsedMs: 0 });
    return { engine, backend, findings: await requirementsOf(engine, backend, { ...about, ...options }) };
  });
}

/** Has what would be deleted agreed to, and deploys. */
async function deployed(
  { engine, backend }: Ready,
  judgement: Judgement,
  { options, report, signal }: { readonly options: AwsOptions; readonly report: Report; readonly signal: AbortSignal },
): Promise<{ readonly changes: readonly StackChanges[]; readonly stacks: readonly StackResult[] }> {
  const rollout = await openRemoteRollout(
    engine,
    backend,
    judgement.plans.map((it) => it.stack),
  );
  const changes = await remoteChanges(rollout, judgement, signal);
  if (!options.json) sayChanges(changes);
  const allowance = await agreeToChanges(changes, options, signal);
  const { parallel } = options;
  const progress = { allowance, totals: totalsOf(changes), parallel, signal, observer: report.watch("operation") };
  return { changes, stacks: await rollOutRemotely(rollout, judgement, progress) };
}

function backendOf({ backend: url, secretsProvider, organization }: AwsOptions): Backend {
  return {
    ...(url !== undefined && { url }),
    ...(secretsProvider !== undefined && { secretsProvider }),
    ...(organization !== undefined && { organization }),
  };
}

async function requirementsOf(
  engine: Engine,
  backend: Backend,
  { environment: name, layers, asRoles = false }: About & Pick<AwsOptions, "asRoles">,
): Promise<readonly Finding[]> {
  const environment = environments[name];
  if (environment === undefined) throw new TypeError(`${name} is no environment`);
  const [ofBackend, cloud] = await Promise.all([
    lookAtBackend(engine, backend, process.env),
    examineCloud({ env: process.env, now: new Date(), environment, layers }),
  ]);
  const keycloak = layers.includes("tenant") ? [lookAtKeycloak(environment, process.env)] : [];
  const hasBackend = ofBackend.every(({ outcome }) => outcome !== "missing");
  const roles = asRoles && hasBackend ? [lookAtRoles(name, await stacksAt(engine))] : [];
  return [...ofBackend, ...roles, ...keycloak, ...cloud];
}

/** What was let through, such as agents that have no image yet. */
function sayAdvice(findings: readonly Finding[]): void {
  for (const it of findings) if (it.outcome === "advice") say(`${it.check}: ${it.detail}`);
}
