import type { StackResult } from "../cli/rollout/stack-result.ts";
import { byRule } from "../cli/findings.ts";
import type { Judgement } from "../cli/judgement.ts";
import { exemptionData, exemptionsText } from "../cli/text/exemptions-text.ts";
import { proofsData, proofsSentence } from "../cli/text/proofs-text.ts";
import { duration } from "../cli/text/terminal.ts";
import { complianceText } from "./compliance-text.ts";
import { findingsText, groupData } from "./findings-text.ts";
import { table } from "./table.ts";

/** The version of the shape of `report.json`; it rises with every change that a reader of it must know of. */
export const REPORT_VERSION = 1;

/** How far the work on a stack is: not begun (null), running, or ended. */
export type StackProgress = null | { readonly outcome: "running" } | StackResult;

/** One stack of a run. */
export interface ReportedStack {
  readonly address: string;
  /** How many resources were planned; null before that, and for a command that plans nothing. */
  readonly planned: number | null;
  /** What the command does to it: `up` or `destroy`. */
  readonly operation: StackProgress;
  /** The preview after an `up`, which must show no changes; only `start` makes one. */
  readonly secondPreview: StackProgress;
}

/** All that is known of a run. */
export interface ReportedRun {
  readonly command: string;
  readonly environment: string;
  readonly status: "running" | "succeeded" | "violated" | "undetermined" | "failed" | "interrupted";
  /** Why it ended otherwise than by success. */
  readonly reason: string | null;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly pid: number;
  /** Null until the plans are judged, and for a command that judges nothing. */
  readonly judgement: Judgement | null;
  readonly stacks: readonly ReportedStack[];
}

/** The run as `report.json` holds it; docs/report.md describes it. */
export function reportData({ judgement, ...run }: ReportedRun): object {
  const verdict = judgement === null ? null : verdictData(judgement);
  return { schemaVersion: REPORT_VERSION, ...run, verdict };
}

function verdictData(judgement: Judgement): object {
  const { preview, premises, proved, violations, undetermined, exempted, compliance, durationMs } = judgement;
  const findings = { violated: byRule(violations).map(groupData), undetermined: byRule(undetermined).map(groupData) };
  const exempt = exempted.map(exemptionData);
  return { preview, durationMs, premises, proofs: proofsData(proved), ...findings, exempted: exempt, compliance };
}

/** The run as `report.md` holds it. */
export function reportText(run: ReportedRun): string {
  const { command, environment, judgement } = run;
  return [
    `# ${command} ${environment}: ${run.status}`,
    ...outlineOf(run),
    ...(judgement === null ? ["The plans are not judged."] : verdictText(judgement)),
    ...stacksText(run),
    ...errorsText(run.stacks),
    "",
  ].join("\n\n");
}

function outlineOf({ status, reason, startedAt, endedAt, pid }: ReportedRun): readonly string[] {
  if (endedAt === null)
    return [`Running since ${startedAt}, as process ${pid}. If there is no such process, the run was killed.`];
  const took = duration(Date.parse(endedAt) - Date.parse(startedAt));
  const why = status === "succeeded" || reason === null ? [] : [`Reason: ${reason}`];
  return [`From ${startedAt} to ${endedAt} (${took}).`, ...why];
}

function verdictText({
  premises,
  proved,
  violations,
  undetermined,
  exempted,
  compliance,
  durationMs,
  preview,
}: Judgement): readonly string[] {
  return [
    "## Premises",
    `Planned (${preview}) and judged in ${duration(durationMs)}.`,
    table(
      ["Premise", "Rules", "Judged", "Held", "Violated", "Undetermined"],
      premises.map((it) => [`${it.id}: ${it.title}`, it.rules, it.judged, it.held, it.violated, it.undetermined]),
    ),
    proofsSentence(proved),
    ...findingsText("Violated", violations),
    ...findingsText("Undetermined", undetermined),
    ...exemptionsText(exempted),
    ...complianceText(compliance),
  ];
}

function stacksText({ command, endedAt, stacks }: ReportedRun): readonly string[] {
  if (command === "plan") {
    const planned = stacks.map((it) => [it.address, it.planned ?? "not planned"]);
    return ["## Stacks", table(["Stack", "Planned resources"], planned)];
  }
  const rows = stacks.map(({ address, planned, operation, secondPreview }) => [
    address,
    planned ?? "",
    progressText(operation, endedAt),
    operation !== null && "durationMs" in operation ? duration(operation.durationMs) : "",
    ...(command === "start" ? [secondPreviewText(secondPreview, endedAt)] : []),
  ]);
  const head = ["Stack", "Planned", command === "destroy" ? "Destroyed" : "Deployment", "Time"];
  return ["## Stacks", table([...head, ...(command === "start" ? ["Second preview"] : [])], rows)];
}

/** The errors of stacks that failed, with the stack of each. */
export function errorsOf(stacks: readonly ReportedStack[]): readonly { address: string; message: string }[] {
  return stacks.flatMap(({ address, operation, secondPreview }) =>
    [operation, secondPreview].flatMap((it) => {
      if (it?.outcome !== "failed") return [];
      return it.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => ({ address, message }));
    }),
  );
}

function errorsText(stacks: readonly ReportedStack[]): readonly string[] {
  const errors = errorsOf(stacks);
  if (errors.length === 0) return [];
  return ["## Errors", ...errors.map((it) => `### ${it.address}\n\n${it.message.replaceAll(/^/gm, "    ")}`)];
}

/** What was still running when the run ended was never told to have ended. */
function progressText(it: StackProgress, endedAt: string | null): string {
  if (it === null) return "not begun";
  return it.outcome === "running" && endedAt !== null ? "begun" : it.outcome;
}

function secondPreviewText(it: StackProgress, endedAt: string | null): string {
  return it?.outcome === "succeeded" ? "no changes" : progressText(it, endedAt);
}
