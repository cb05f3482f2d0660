import { mkdir } from "node:fs/promises";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import type { StackResult } from "../cli/deployment.ts";
import type { Judgement } from "../cli/judgement.ts";
import { judgementData } from "../cli/text/judgement-text.ts";
import { duration } from "../cli/text/terminal.ts";

/** All that a run has found and done. */
export interface Run {
  readonly environment: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly judgement: Judgement;
  /** The engine's `up` of each stack; empty when the gate was closed. */
  readonly deployed: readonly StackResult[];
  /** The second preview of each stack, which must show no changes. */
  readonly verified: readonly StackResult[];
}

/** Writes the report as data and as text; answers the text's file. */
export async function writeReport(folder: string, run: Run): Promise<string> {
  await mkdir(folder, { recursive: true });
  const { judgement, ...rest } = run;
  const data = { ...rest, verdict: judgementData(judgement) };
  await writeFileAtomic(path.join(folder, "report.json"), `${JSON.stringify(data, null, 2)}\n`);
  const file = path.join(folder, "report.md");
  await writeFileAtomic(file, markdown(run));
  return file;
}

function markdown({ environment, startedAt, durationMs, judgement, deployed, verified }: Run): string {
  const { premises, violations, undetermined } = judgement;
  const findings = [...violations, ...undetermined];
  return [
    `# ${environment}, ${startedAt}`,
    `Planned and judged in ${duration(judgement.durationMs)}; all together ${duration(durationMs)}.`,
    "## Premises",
    table(
      ["Premise", "Rules", "Judged", "Held", "Violated", "Undetermined"],
      premises.map((it) => [`${it.id}: ${it.title}`, it.rules, it.judged, it.held, it.violated, it.undetermined]),
    ),
    ...(findings.length === 0
      ? []
      : ["## Findings", ...findings.map((it) => `- \`${it.rule.name}\` in ${it.stack}: ${it.message}`)]),
    "## Stacks",
    table(
      ["Stack", "Planned", "Deployment", "Time", "Second preview"],
      judgement.stacks.map(({ address, resources }) => {
        const up = deployed.find((it) => it.address === address);
        const again = verified.find((it) => it.address === address);
        return [
          address,
          resources,
          up?.outcome ?? "not begun",
          up === undefined ? "" : duration(up.durationMs),
          steadiness(again),
        ];
      }),
    ),
    "",
  ].join("\n\n");
}

function steadiness(it: StackResult | undefined): string {
  if (it === undefined) return "not begun";
  return it.outcome === "succeeded" ? "no changes" : it.outcome;
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((it) => `| ${it.join(" | ")} |`).join("\n");
}
