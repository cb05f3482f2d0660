import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import type { Plan } from "../../../plan/model.ts";
import { parsePlan } from "../../../plan/loaders/plan-json.ts";
import type { PlannedServer } from "../../../sandbox/data-plane/identity/keycloak/planned-server.ts";
import type { ExitCode } from "../exit-code.ts";

/** What a laptop's platform is made from. */
export interface LocalPlan {
  /** One for each of the local tenants. */
  readonly plans: readonly Plan[];
  readonly premiseReport: object;
  /** Keycloak as the region plans it; absent where nobody asked for it. */
  readonly server?: PlannedServer;
}

/** What the planning process says in its only message, plans as `stringifyPlan` writes them; it has already printed why a plan is refused. */
export type PlanningAnswer =
  | {
      readonly kind: "held";
      readonly plans: readonly string[];
      readonly report: object;
      readonly server?: PlannedServer;
    }
  | { readonly kind: "refused"; readonly exitCode: ExitCode }
  | { readonly kind: "failed"; readonly message: string; readonly code?: string };

const PROCESS = path.join(import.meta.dirname, "local-plan-process.ts");

/**
 * Plans and judges the local tenants in a process of its own: the SDKs that planning loads take more memory than the platform, which runs
 * for days, and leave it with that process. Answers the exit code where a premise does not hold, and throws what planning throws.
 */
export async function planLocally(
  options: { readonly withServer: boolean },
  signal: AbortSignal,
): Promise<LocalPlan | ExitCode> {
  const child = fork(PROCESS, options.withServer ? ["--with-server"] : []);
  const end = (): boolean => child.kill();
  signal.addEventListener("abort", end, { once: true });
  try {
    // Closed only after its message is read, which may be after its end.
    const died = once(child, "close").then(([code, by]) => ({
      kind: "failed" as const,
      message: `planning ended by itself: ${by === null ? `exit code ${String(code)}` : String(by)}`,
    }));
    const answered = once(child, "message").then(([answer]) => answer as PlanningAnswer);
    return planned(await Promise.race([answered, died]));
  } finally {
    signal.removeEventListener("abort", end);
  }
}

function planned(answer: PlanningAnswer): LocalPlan | ExitCode {
  if (answer.kind === "failed") throw Object.assign(new Error(answer.message), { code: answer.code });
  if (answer.kind === "refused") return answer.exitCode;
  const { plans, report, server } = answer;
  return { plans: plans.map(parsePlan), premiseReport: report, ...(server !== undefined && { server }) };
}
