import { parentAddressOf } from "../../../environments/address.ts";
import { LOCAL_STACKS } from "../../../sandbox/data-plane/local-tenants.ts";
import { type PlannedServer, plannedServer } from "../../../sandbox/data-plane/identity/keycloak/planned-server.ts";
import { stringifyPlan } from "../../../plan/loaders/plan-json.ts";
import { exitCodeOfJudgement, obstaclesOf } from "../judgement.ts";
import { judgementData, sayJudgement } from "../text/judgement-text.ts";
import type { PlanningAnswer } from "./local-plan.ts";
import { planAndJudge } from "./plan-and-judge.ts";

/** The process that `planLocally` starts: one answer, and its end; it ends as well when the process that started it is gone. */
process.once("disconnect", () => process.exit());
const answer = await planning(process.argv.includes("--with-server")).catch(failure);
process.send?.(answer, () => process.disconnect());

async function planning(withServer: boolean): Promise<PlanningAnswer> {
  const judgement = await planAndJudge({ addresses: LOCAL_STACKS }, "known");
  if (obstaclesOf(judgement).length > 0) {
    sayJudgement(judgement);
    return { kind: "refused", exitCode: exitCodeOfJudgement(judgement) };
  }
  const plans = judgement.plans.map(stringifyPlan);
  const report = judgementData(judgement);
  return { kind: "held", plans, report, ...(withServer && { server: await serverOfCloud() }) };
}

/** The server as the region of the first local stack plans it; those of all regions are alike. */
async function serverOfCloud(): Promise<PlannedServer> {
  const { planStacks } = await import("../../offline-planner/plan.ts");
  const plans = await planStacks([parentAddressOf(LOCAL_STACKS[0]) ?? ""], { preview: "known" });
  return plannedServer(plans.map((it) => it.plan));
}

function failure(error: unknown): PlanningAnswer {
  const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
  const message = error instanceof Error ? error.message : String(error);
  return { kind: "failed", message, ...(code !== undefined && { code }) };
}
