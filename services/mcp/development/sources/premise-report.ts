import * as z from "zod";
import { Problem } from "../../../libraries/service-kit/problem.ts";
import type { DevelopmentCall } from "../services.ts";

const premiseId = z.union([z.int(), z.string()]);

const finding = z.object({
  rule: z.string(),
  premise: premiseId,
  severity: z.string(),
  mandatory: z.boolean(),
  stack: z.string(),
  name: z.string(),
  message: z.string(),
  remediation: z.string(),
});

/** The document "premise-report", as `alicerce plan --json` prints it. */
const Report = z.object({
  stacks: z.array(z.object({ address: z.string(), resources: z.int() })),
  premises: z.array(z.object({ id: premiseId, title: z.string(), rules: z.int() })),
  violations: z.array(finding),
  undetermined: z.array(finding),
});

/** What the judge says of the stacks that a tenant stands on: its own, and those of its region and environment. */
export const PremiseReport = z.object({
  stacks: z.array(z.object({ address: z.string(), resources: z.int() })),
  premises: z.array(
    z.object({
      premise: premiseId,
      title: z.string(),
      rules: z.int(),
      verdict: z.enum(["holds", "violated", "undetermined"]),
    }),
  ),
  violations: z.array(finding),
  undetermined: z.array(finding),
});

/** What `PremiseReport` describes. */
export type PremiseReport = z.output<typeof PremiseReport>;

/** The report for the calling tenant; throws `ERR_REPORT_MISSING` before the first deployment. */
export async function premiseReportOf({ context, services, signal }: DevelopmentCall): Promise<PremiseReport> {
  const text = await services.documents.read(context.tenantId, "premise-report", signal);
  if (text === undefined)
    throw new Problem("ERR_REPORT_MISSING", "no report", "there is no premise report yet: nothing was deployed");
  const { stacks, premises, violations, undetermined } = Report.parse(JSON.parse(text));
  const isOurs = (address: string) => concerns(context.tenantId, address);
  const ours = {
    violations: violations.filter((it) => isOurs(it.stack)),
    undetermined: undetermined.filter((it) => isOurs(it.stack)),
  };
  return {
    stacks: stacks.filter((it) => isOurs(it.address)),
    premises: premises.map(({ id, title, rules }) => ({ premise: id, title, rules, verdict: verdictOn(id, ours) })),
    ...ours,
  };
}

/** An address is `<environment>[.<region>[.<tenant>]]`: another tenant's stack is nobody else's business. */
function concerns(tenantId: string, address: string): boolean {
  const owner = address.split(".")[2];
  return owner === undefined || owner === tenantId;
}

function verdictOn(
  id: number | string,
  { violations, undetermined }: Pick<PremiseReport, "violations" | "undetermined">,
): "holds" | "violated" | "undetermined" {
  if (violations.some((it) => it.premise === id)) return "violated";
  return undetermined.some((it) => it.premise === id) ? "undetermined" : "holds";
}
