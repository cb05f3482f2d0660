import { EXIT, type ExitCode } from "../cli/exit-code.ts";
import { byRule } from "../cli/findings.ts";
import { type Judgement, obstaclesOf } from "../cli/judgement.ts";
import { errorsOf, type ReportedRun, type ReportedStack } from "./report-text.ts";

/** How a run ended by its exit code, and why: `reason` where it is known, else what the run itself has recorded. */
export function statusOf(
  code: ExitCode,
  reason: string | null,
  run: ReportedRun,
): Pick<ReportedRun, "status" | "reason"> {
  if (code === EXIT.ok) return { status: "succeeded", reason };
  if (code === EXIT.interrupted) return { status: "interrupted", reason: reason ?? "stopped by a signal" };
  if (code === EXIT.premiseViolated) return { status: "violated", reason: reason ?? obstacleReason(run.judgement) };
  if (code === EXIT.undetermined) return { status: "undetermined", reason: reason ?? obstacleReason(run.judgement) };
  return { status: "failed", reason: reason ?? stackReason(run.stacks) };
}

function obstacleReason(judgement: Judgement | null): string {
  const rules = judgement === null ? [] : byRule(obstaclesOf(judgement)).map((it) => it.rule.name);
  return rules.length === 0 ? "the engine's policy pack refused a stack" : rules.join(", ");
}

function stackReason(stacks: readonly ReportedStack[]): string {
  const [failed] = errorsOf(stacks);
  if (failed === undefined) return "a stack failed";
  const isShort = !failed.message.includes("\n");
  return isShort ? `${failed.address}: ${failed.message}` : `${failed.address} failed, for the errors below`;
}
